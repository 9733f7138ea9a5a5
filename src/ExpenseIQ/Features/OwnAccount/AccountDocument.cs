using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Expenses;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>
/// Everything about one person as JSON; docs/data-export.md says what each member means, and a test sees to it that no column is
/// forgotten. It is written as the rows come, so that a long history takes no more memory than a short one. Nothing in it proves
/// anything: no password, no key, no token, nor their hashes.
/// </summary>
internal sealed class AccountDocument(ExpenseDatabase database)
{
    public const string Format = "expenseiq-account";

    /// <summary>Grows when a member changes its meaning or goes; new members alone do not count.</summary>
    public const int Version = 1;

    private const int Chunk = 32 * 1024;
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task WriteAsync(Stream body, long userId, DateTime now, CancellationToken cancellationToken)
    {
        var categories = (await database.ListCategoriesAsync(userId, cancellationToken)).ToDictionary(row => row.Id, row => row.Name);
        await using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        Write(json, "exported_at", now);
        await WriteAccountAsync(json, userId, cancellationToken);
        await WriteListAsync(json, "categories", $"select id, name from categories where user_id = {userId} order by id", WriteCategory, cancellationToken);
        await WriteListAsync(
            json,
            "expenses",
            $"select id, date, amount_minor, description, category_id, created_at, updated_at, version from expenses where user_id = {userId} order by date, id",
            (target, row) => WriteExpense(target, row, categories),
            cancellationToken);
        await WriteListAsync(
            json,
            "changes",
            $"""
            select expense_id, kind, created_at, version, before_date, before_amount_minor, before_description, before_category_id, before_created_at
            from submissions where user_id = {userId} order by created_at, submission_key
            """,
            (target, row) => WriteChange(target, row, categories),
            cancellationToken);
        await WriteListAsync(
            json,
            "sessions",
            $"select created_at, used_at, expires_at, confirmed_at, is_remembered, method, address, user_agent from sessions where user_id = {userId} order by created_at, token_hash",
            WriteSession,
            cancellationToken);
        await WriteListAsync(
            json, "browsers", $"select created_at, used_at, code_until, user_agent from devices where user_id = {userId} order by created_at, token_hash", WriteBrowser, cancellationToken);
        await WriteListAsync(
            json,
            "passkeys",
            $"""
            select name, created_at, used_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up
            from passkeys where user_id = {userId} order by created_at, credential_hash
            """,
            WritePasskey,
            cancellationToken);
        await WriteListAsync(
            json, "security_events", $"select at, kind, detail, actor_id, address, user_agent from security_events where user_id = {userId} order by id", WriteEvent, cancellationToken);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private async Task WriteAccountAsync(Utf8JsonWriter json, long userId, CancellationToken cancellationToken) => await database.FindAsync(
        $"""
        select u.username, u.email, u.is_admin, u.created_at, u.seen_at, u.totp_key is not null, l.samples_at,
          (select count(*) from recovery_codes r where r.user_id = u.id and r.used_at is null), l.expense_count, l.total_minor,
          u.currency, u.locale, u.time_zone, u.date_format, u.first_weekday, u.theme
        from users u join ledgers l on l.user_id = u.id where u.id = {userId}
        """,
        row =>
        {
            json.WriteStartObject("account");
            json.WriteString("username", row.GetString(0));
            json.WriteString("email", row.GetString(1));
            json.WriteBoolean("is_administrator", row.GetBoolean(2));
            Write(json, "created_at", row.GetDateTime(3));
            Write(json, "seen_at", MomentOf(row, 4));
            json.WriteBoolean("asks_for_code", row.GetBoolean(5));
            json.WriteNumber("recovery_codes_left", row.GetInt64(7));
            Write(json, "sample_expenses_added_at", MomentOf(row, 6));
            json.WriteNumber("expense_count", row.GetInt64(8));
            Write(json, "total", new Money(row.GetInt64(9)));
            json.WriteEndObject();
            json.WriteStartObject("settings");
            json.WriteString("currency", row.GetString(10));
            json.WriteString("locale", row.GetString(11));
            json.WriteString("time_zone", row.GetString(12));
            json.WriteString("date_format", row.GetString(13));
            if (row.IsDBNull(14)) json.WriteNull("first_weekday");
            else json.WriteNumber("first_weekday", row.GetInt32(14));
            json.WriteString("theme", row.GetString(15));
            json.WriteEndObject();
            return true;
        },
        cancellationToken);

    private async Task WriteListAsync(Utf8JsonWriter json, string name, Sql sql, Action<Utf8JsonWriter, DbDataReader> write, CancellationToken cancellationToken)
    {
        json.WriteStartArray(name);
        var rows = database.StreamAsync(
            sql,
            row =>
            {
                json.WriteStartObject();
                write(json, row);
                json.WriteEndObject();
                return json.BytesPending;
            },
            cancellationToken);
        await foreach (var pending in rows)
        {
            if (pending >= Chunk) await json.FlushAsync(cancellationToken);
        }
        json.WriteEndArray();
    }

    private static void WriteCategory(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteNumber("id", row.GetInt64(0));
        json.WriteString("name", row.GetString(1));
    }

    private static void WriteExpense(Utf8JsonWriter json, DbDataReader row, Dictionary<long, string> categories)
    {
        json.WriteNumber("id", row.GetInt64(0));
        json.WriteString("date", Dates.ToInput(row.GetDate(1)));
        Write(json, "amount", new Money(row.GetInt64(2)));
        json.WriteString("description", row.GetString(3));
        WriteCategory(json, row.GetInt64(4), categories);
        Write(json, "created_at", row.GetDateTime(5));
        Write(json, "updated_at", row.GetDateTime(6));
        json.WriteNumber("version", row.GetInt32(7));
    }

    private static void WriteChange(Utf8JsonWriter json, DbDataReader row, Dictionary<long, string> categories)
    {
        json.WriteNumber("expense_id", row.GetInt64(0));
        json.WriteString("kind", Word((ChangeKind)row.GetInt32(1)));
        Write(json, "at", row.GetDateTime(2));
        json.WriteNumber("version", row.GetInt32(3));
        if (row.IsDBNull(4))
        {
            json.WriteNull("before");
            return;
        }
        json.WriteStartObject("before");
        json.WriteString("date", Dates.ToInput(row.GetDate(4)));
        Write(json, "amount", new Money(row.GetInt64(5)));
        json.WriteString("description", row.GetString(6));
        WriteCategory(json, row.GetInt64(7), categories);
        Write(json, "created_at", row.GetDateTime(8));
        json.WriteEndObject();
    }

    private static void WriteSession(Utf8JsonWriter json, DbDataReader row)
    {
        Write(json, "created_at", row.GetDateTime(0));
        Write(json, "used_at", row.GetDateTime(1));
        Write(json, "expires_at", row.GetDateTime(2));
        Write(json, "confirmed_at", row.GetDateTime(3));
        json.WriteBoolean("is_remembered", row.GetBoolean(4));
        json.WriteString("method", Word((SignInMethod)row.GetInt32(5)));
        json.WriteString("address", row.GetString(6));
        json.WriteString("user_agent", row.GetString(7));
    }

    private static void WriteBrowser(Utf8JsonWriter json, DbDataReader row)
    {
        Write(json, "created_at", row.GetDateTime(0));
        Write(json, "used_at", row.GetDateTime(1));
        Write(json, "needs_no_code_until", MomentOf(row, 2));
        json.WriteString("user_agent", row.GetString(3));
    }

    private static void WritePasskey(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteString("name", row.GetString(0));
        Write(json, "created_at", row.GetDateTime(1));
        Write(json, "used_at", MomentOf(row, 2));
        json.WriteNumber("sign_count", row.GetInt64(3));
        json.WriteString("transports", row.GetString(4));
        json.WriteBoolean("is_user_verified", row.GetBoolean(5));
        json.WriteBoolean("is_backup_eligible", row.GetBoolean(6));
        json.WriteBoolean("is_backed_up", row.GetBoolean(7));
    }

    /// <summary>Where an administrator was is the administrator's.</summary>
    private static void WriteEvent(Utf8JsonWriter json, DbDataReader row)
    {
        var isByAdministrator = !row.IsDBNull(3);
        Write(json, "at", row.GetDateTime(0));
        json.WriteString("kind", Word((SecurityEvent)row.GetInt32(1)));
        json.WriteString("detail", row.GetString(2));
        json.WriteBoolean("is_by_administrator", isByAdministrator);
        if (isByAdministrator) return;
        json.WriteString("address", row.GetString(4));
        json.WriteString("user_agent", row.GetString(5));
    }

    private static void WriteCategory(Utf8JsonWriter json, long id, Dictionary<long, string> categories)
    {
        json.WriteNumber("category_id", id);
        json.WriteString("category", categories.GetValueOrDefault(id, ""));
    }

    /// <summary>As text with two decimals, and as the whole number that is kept.</summary>
    private static void Write(Utf8JsonWriter json, string name, Money amount)
    {
        json.WriteString(name, amount.ToString());
        json.WriteNumber(name + "_minor", amount.Minor);
    }

    private static void Write(Utf8JsonWriter json, string name, DateTime? moment)
    {
        if (moment is { } utc) json.WriteString(name, utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        else json.WriteNull(name);
    }

    private static DateTime? MomentOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);

    /// <summary>"signed_in". What a newer version of the program stored stays a number.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
