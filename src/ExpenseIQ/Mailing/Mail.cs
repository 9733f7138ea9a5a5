namespace ExpenseIQ.Mailing;

/// <summary>Mail, where a server for it is set; else none of MailKit's code is even loaded.</summary>
internal static class Mail
{
    public static void AddMail(this IServiceCollection services, Settings settings)
    {
        if (settings.Mail is null) return;
        services.AddSingleton<MailServer>();
        services.AddScoped<Outbox>();
        services.AddScoped<Letters>();
        services.AddHostedService<Postman>();
    }
}
