using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Database;

/// <summary>The schema that the migrations make, read back from the engine and compared with the one description of it below.</summary>
public sealed class SchemaParity(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    /// <summary>table: column type-family [null|key|generated], …</summary>
    private static readonly string[] Columns =
    [
        "categories.id integer key",
        "categories.name text",
        "categories.owner_id integer generated",
        "categories.user_id integer null",
        "data_protection_keys.created_at moment",
        "data_protection_keys.id integer key",
        "data_protection_keys.name text",
        "data_protection_keys.xml text",
        "expenses.amount decimal generated",
        "expenses.amount_minor integer",
        "expenses.category_id integer",
        "expenses.created_at moment",
        "expenses.date date",
        "expenses.description text",
        "expenses.id integer key",
        "expenses.month integer generated",
        "expenses.text_key binary",
        "expenses.updated_at moment",
        "expenses.user_id integer",
        "expenses.version integer",
        "ledgers.expense_count integer",
        "ledgers.samples_at moment null",
        "ledgers.total_minor integer",
        "ledgers.user_id integer key",
        "ledgers.version integer",
        "schedule.done_at moment",
        "schedule.name text key",
        "schema_migrations.applied_at moment",
        "schema_migrations.is_running boolean",
        "schema_migrations.name text",
        "schema_migrations.number integer key",
        "schema_migrations.sha256 text",
        "schema_migrations.statements_done integer",
        "search_texts.expense_count integer",
        "search_texts.text text",
        "search_texts.text_key binary key",
        "search_texts.total_minor integer",
        "search_texts.user_id integer key",
        "site.first_user_id integer null",
        "site.id integer key",
        "submissions.before_amount_minor integer null",
        "submissions.before_category_id integer null",
        "submissions.before_created_at moment null",
        "submissions.before_date date null",
        "submissions.before_description text null",
        "submissions.created_at moment",
        "submissions.expense_id integer",
        "submissions.kind integer",
        "submissions.submission_key text key",
        "submissions.user_id integer key",
        "submissions.version integer",
        "totals.bucket integer key",
        "totals.category_id integer key",
        "totals.expense_count integer",
        "totals.kind integer key",
        "totals.total_minor integer",
        "totals.user_id integer key",
        "users.created_at moment",
        "users.currency text",
        "users.date_format text",
        "users.email text",
        "users.first_weekday integer null",
        "users.id integer key",
        "users.is_admin boolean",
        "users.locale text",
        "users.password text",
        "users.security_stamp text",
        "users.theme text",
        "users.time_zone text",
        "users.username text",
    ];

    /// <summary>Primary keys aside. A unique one has no name of its own everywhere.</summary>
    private static readonly string[] Indexes =
    [
        "categories unique (owner_id, name)",
        "categories categories_user (user_id)",
        "expenses expenses_by_amount (user_id, amount_minor, id)",
        "expenses expenses_by_category (category_id, user_id, date, id)",
        "expenses expenses_by_date (user_id, date, id)",
        "expenses expenses_by_month (user_id, month, amount_minor, id)",
        "expenses expenses_by_text (user_id, text_key, date, id)",
        "submissions submissions_created (created_at)",
        "users unique (email)",
        "users unique (username)",
    ];

    private static readonly string[] PrimaryKeys =
    [
        "categories (id)",
        "data_protection_keys (id)",
        "expenses (id)",
        "ledgers (user_id)",
        "schedule (name)",
        "schema_migrations (number)",
        "search_texts (user_id, text_key)",
        "site (id)",
        "submissions (user_id, submission_key)",
        "totals (user_id, kind, bucket, category_id)",
        "users (id)",
    ];

    private static readonly string[] ForeignKeys =
    [
        "categories.user_id -> users.id cascade",
        "expenses.category_id -> categories.id restrict",
        "expenses.user_id -> users.id cascade",
        "ledgers.user_id -> users.id cascade",
        "search_texts.user_id -> users.id cascade",
        "submissions.user_id -> users.id cascade",
        "totals.user_id -> users.id cascade",
    ];

    private readonly SchemaReader reader = SchemaReader.Of(migrated.Database);

    [Fact]
    public async Task Has_just_these_columns() => Assert.Equal(Columns, await reader.ColumnsAsync());

    [Fact]
    public async Task Has_just_these_indexes() => Assert.Equal(Sorted(Indexes), Sorted(await reader.IndexesAsync()));

    [Fact]
    public async Task Has_just_these_primary_keys() => Assert.Equal(PrimaryKeys, await reader.PrimaryKeysAsync());

    [Fact]
    public async Task Has_just_these_foreign_keys() => Assert.Equal(ForeignKeys, await reader.ForeignKeysAsync());

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);
}
