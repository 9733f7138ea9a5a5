# ExpenseIQ as an image: docs/deploy/docker.md.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build fetches the packages of the front end with npm.
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/ExpenseIQ -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o app
RUN mkdir /data

# No shell and no package manager; with ICU and time zones. Its user is no root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /source/app /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
WORKDIR /app
ENV HOST=0.0.0.0 PORT=5000 DATA_DIR=/data
EXPOSE 5000
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["/app/ExpenseIQ", "health"]
ENTRYPOINT ["/app/ExpenseIQ"]
