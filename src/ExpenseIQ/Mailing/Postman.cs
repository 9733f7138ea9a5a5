using ExpenseIQ.Domain;

namespace ExpenseIQ.Mailing;

/// <summary>
/// Sends what is in the outbox, one mail after the other. Where the server does not take them, they wait; a line in the log says so, with
/// nobody's address.
/// </summary>
internal sealed partial class Postman(IServiceScopeFactory scopes, MailServer server, TimeProvider time, ILogger<Postman> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>How long no other mail is tried after one that the server did not take.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private DateTime restsUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do await DeliverAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (time.UtcNow() < restsUntil) return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
            var letters = scope.ServiceProvider.GetRequiredService<Letters>();
            // One that was claimed is sent or put back, whoever tells the program to stop.
            while (!cancellationToken.IsCancellationRequested && await outbox.ClaimAsync(cancellationToken) is { } mail)
            {
                if (!await DeliverAsync(outbox, letters, mail)) return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database: what was claimed is due again in a while.
            LogFailure(exception);
            restsUntil = time.UtcNow() + Rest;
        }
    }

    /// <returns>Whether the next mail may be tried.</returns>
    private async Task<bool> DeliverAsync(Outbox outbox, Letters letters, PendingMail mail)
    {
        if (!Letters.IsWanted(mail) || await outbox.IsEnoughAsync(mail, Letters.MostAnHour(mail.Kind), CancellationToken.None))
        {
            await outbox.CloseAsync(mail, MailState.None);
            return true;
        }
        try
        {
            using var message = await letters.WriteAsync(mail);
            if (message is null)
            {
                await outbox.CloseAsync(mail, MailState.None);
                return true;
            }
            await server.SendAsync(message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (MailServer.IsRefusal(exception))
            {
                LogRefusal(mail.Id, Name(exception));
                await outbox.CloseAsync(mail, MailState.GivenUp);
                return true;
            }
            if (!MailServer.IsAboutMail(exception)) restsUntil = time.UtcNow() + Rest;
            if (await outbox.PutOffAsync(mail) is { } wait) LogPutOff(mail.Id, Name(exception), (long)wait.TotalSeconds);
            else LogGivenUp(mail.Id, Name(exception));
            return MailServer.IsAboutMail(exception);
        }
        await outbox.CloseAsync(mail, MailState.Told);
        return true;
    }

    /// <summary>What a failure is called, and what the server answered as a number. Its words may repeat addresses.</summary>
    private static string Name(Exception exception) => exception switch
    {
        MailKit.Net.Smtp.SmtpCommandException refusal => $"{exception.GetType().Name} {(int)refusal.StatusCode}",
        _ => exception.GetType().Name,
    };

    [LoggerMessage(LogLevel.Warning, "The mail about event {Id} could not be sent ({Reason}); the next try is in {Seconds} seconds.")]
    private partial void LogPutOff(long id, string reason, long seconds);

    [LoggerMessage(LogLevel.Warning, "The mail about event {Id} could not be sent for a day ({Reason}) and was given up.")]
    private partial void LogGivenUp(long id, string reason);

    [LoggerMessage(LogLevel.Warning, "The mail server refused the mail about event {Id} ({Reason}); it was given up.")]
    private partial void LogRefusal(long id, string reason);

    [LoggerMessage(LogLevel.Warning, "Mails could not be looked after; the next try is in a moment.")]
    private partial void LogFailure(Exception exception);
}
