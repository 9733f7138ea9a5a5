namespace ExpenseIQ.Tests.Running;

/// <summary>A proxy in front of a site below a path, of the kind that takes that path off.</summary>
internal sealed class StrippingProxy(string site) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (asked.AbsolutePath.StartsWith(site + "/", StringComparison.Ordinal)) request.RequestUri = new Uri(asked, asked.PathAndQuery[site.Length..]);
        var response = await base.SendAsync(request, cancellationToken);
        request.RequestUri = asked;
        return response;
    }
}
