using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// What <see cref="EveryRoute"/> can't find out by itself. A page that only shows something to whoever is signed in needs no line here;
/// one for everybody, one with parameters in its address, and one that takes forms do, and fail the tests until they have it.
/// </summary>
internal sealed record Trial
{
    /// <summary>Whether somebody signed out gets it.</summary>
    public bool IsForEverybody { get; init; }

    /// <summary>The values of the address's parameters: the owner's ids.</summary>
    public Func<Owner, IReadOnlyDictionary<string, string>>? Values { get; init; }

    /// <summary>A form that does what the page is for, with the owner's ids.</summary>
    public Func<Owner, (string Field, string Value)[]>? Form { get; init; }

    /// <summary>A query with the owner's ids.</summary>
    public Func<Owner, string>? Query { get; init; }

    /// <summary>What a stranger is answered who sends the owner's ids; null: neither address nor form has any.</summary>
    public int? StrangerGets { get; init; }

    /// <summary>What only an administrator may ask for; everybody else is answered 403 or 404.</summary>
    public bool IsForAdministrators { get; init; }

    private static readonly Trial ForEverybody = new() { IsForEverybody = true };

    private static readonly Func<Owner, (string Field, string Value)[]> PasskeyAnswer = _ => [("credential", "{}"), ("state", "none")];

    private static readonly Func<Owner, IReadOnlyDictionary<string, string>> ExpenseId = owner => new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = owner.ExpenseId };

    public static readonly IReadOnlyDictionary<string, Trial> All = new Dictionary<string, Trial>(StringComparer.Ordinal)
    {
        ["/"] = ForEverybody,
        ["/error"] = ForEverybody,
        ["/offline"] = ForEverybody,
        ["/health/live"] = ForEverybody,
        ["/health/ready"] = ForEverybody,
        ["/api/passkeys/question"] = ForEverybody,
        // In Development alone: static files that were made since the build.
        ["/{**path:file}"] = ForEverybody with { Values = _ => new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "none.css" } },
        ["/register"] = ForEverybody with { Form = _ => Account(Browser.NewName()) },
        ["/login"] = ForEverybody with { Form = owner => [("email", owner.Browser.Username), ("password", Browser.Password)] },
        ["/login/code"] = ForEverybody with { Form = _ => [("code", "123456")] },
        ["/login/passkey"] = ForEverybody with { Form = PasskeyAnswer },
        ["/logout"] = ForEverybody with { Form = _ => [] },
        ["/forgot"] = ForEverybody with { Form = owner => [("email", owner.Browser.Username)] },
        ["/reset"] = ForEverybody with { Form = _ => [("token", "none"), ("password", "another good password"), ("confirm", "another good password")] },
        ["/goodbye"] = ForEverybody,

        ["/dashboard"] = new() { Query = owner => $"?month=2024-11&done={owner.UndoKey}" },
        ["/expenses"] = new() { Query = owner => $"?category_id={owner.CategoryId}&category_id=1&done={owner.UndoKey}" },
        ["/expenses/export/csv"] = new() { Query = owner => $"?category_id={owner.CategoryId}&category_id=1" },
        ["/expenses/add"] = new()
        {
            Form = owner => [("amount", "12.50"), ("category_id", owner.CategoryId), ("description", "typed"), ("date", "2024-11-05")],
            Query = owner => $"?category_id={owner.CategoryId}",
            StrangerGets = 422,
        },
        ["/expenses/{id:long}/edit"] = new()
        {
            Values = ExpenseId,
            Form = _ => [("amount", "12.50"), ("category_id", "1"), ("description", "typed"), ("date", "2024-11-05"), ("version", "1")],
            StrangerGets = 404,
        },
        ["/expenses/{id:long}/delete"] = new() { Values = ExpenseId, Form = _ => [], StrangerGets = 404 },
        ["/expenses/undo"] = new() { Form = owner => [("done", owner.UndoKey), ("back", "/expenses")], StrangerGets = 404 },
        ["/expenses/samples/{remove:regex(^remove$)?}"] = new()
        {
            Values = _ => new Dictionary<string, string>(StringComparer.Ordinal) { ["remove"] = "remove" },
            Form = _ => [],
        },

        ["/settings"] = new() { Form = _ => [("locale", "de-DE"), ("currency", "EUR"), ("time_zone", "Europe/Berlin"), ("date_format", "ymd"), ("first_weekday", "1"), ("theme", "dark")] },
        ["/settings/security/password"] = new() { Form = _ => [("password", "another good password"), ("confirm", "another good password")] },
        ["/settings/security/codes"] = new() { Form = _ => [("act", "on"), ("key", "none"), ("code", "123456")] },
        ["/settings/security/passkeys"] = new() { Form = _ => [("name", "typed"), ("credential", "{}"), ("state", "none")] },
        ["/settings/security/passkeys/remove"] = new() { Form = owner => [("key", owner.PasskeyKey)], StrangerGets = 404 },
        ["/settings/security/sessions/end"] = new() { Form = owner => [("key", owner.SessionKey)], StrangerGets = 404 },
        ["/settings/account/email"] = new() { Form = _ => [("email", $"{Browser.NewName()}@example.org")] },
        ["/settings/account/email/confirm"] = new() { Form = _ => [("token", "none")] },
        ["/settings/account/delete"] = new() { Form = owner => [("username", owner.Browser.Username)], StrangerGets = 422 },
        ["/admin"] = new() { IsForAdministrators = true },
        ["/admin/users/{id:long}/{act}"] = new()
        {
            IsForAdministrators = true,
            Values = owner => new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = $"{owner.UserId}", ["act"] = "demote" },
            Form = _ => [],
        },
        ["/confirm"] = new() { Form = _ => [("password", Browser.Password)] },
        ["/confirm/passkey"] = new() { Form = PasskeyAnswer },
    };

    /// <summary>What to try on a route; the test fails here for one that has to be described first.</summary>
    public static Trial Of(Route route)
    {
        var trial = All.GetValueOrDefault(route.Template) ?? new Trial();
        Assert.True(route.Pattern.Parameters.Count == 0 || trial.Values is not null, $"{route} has parameters in its address: give {nameof(Trial)}.{nameof(All)} values for them, the owner's ids.");
        Assert.True(!route.TakesForms || trial.Form is not null, $"{route} takes a form: give {nameof(Trial)}.{nameof(All)} one with the owner's ids.");
        return trial;
    }

    public string PathOn(Route route, Owner owner) =>
        route.PathWith(Values?.Invoke(owner) ?? new Dictionary<string, string>(StringComparer.Ordinal)) + Query?.Invoke(owner);

    /// <summary>The form's fields, with a token where there is one.</summary>
    public List<KeyValuePair<string, string>> FieldsOf(Owner owner, string? token)
    {
        List<KeyValuePair<string, string>> fields = [.. (Form?.Invoke(owner) ?? []).Select(field => KeyValuePair.Create(field.Field, field.Value))];
        if (token is not null) fields.Add(KeyValuePair.Create("csrf_token", token));
        return fields;
    }

    private static (string Field, string Value)[] Account(string name) =>
        [("username", name), ("email", $"{name}@example.org"), ("password", Browser.Password), ("confirm", Browser.Password), ("time_zone", "Etc/UTC")];
}
