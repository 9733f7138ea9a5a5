using System.Globalization;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class AddingExpenses(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task What_was_typed_is_stored_and_listed()
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.TryAddExpenseAsync(("amount", "1,234.50"), ("category_id", "2"), ("description", "  Train to Hamburg "), ("date", "2024-11-05"))).MustBe(302);
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal((123450L, 2L, "Train to Hamburg", new DateOnly(2024, 11, 5), 1), (row.AmountMinor, row.CategoryId, row.Description, row.Date, row.Version));
        var page = await owner.GetAsync("/expenses");
        Assert.Equal("Train to Hamburg", page.TextOf($"tr[data-id='{row.Id}'] .description"));
        Assert.Equal("Travel", page.TextOf($"tr[data-id='{row.Id}'] .category"));
        Assert.Equal("$1,234.50", page.TextOf($"tr[data-id='{row.Id}'] .amount"));
        Assert.Equal("Tue, Nov 5, 2024", page.TextOf("tbody[data-day='2024-11-05'] tr.day time"));
    }

    /// <summary>Field, what is typed, a word of the message at the field.</summary>
    public static TheoryData<string, string, string> BadInput => new()
    {
        { "amount", "", "Enter" },
        { "amount", "   ", "Enter" },
        { "amount", "abc", "not an amount" },
        { "amount", "12.345", "two decimals" },
        { "amount", "0", "at least 0.01" },
        { "amount", "0.00", "at least 0.01" },
        { "amount", "-5", "at least 0.01" },
        { "amount", "-0.01", "at least 0.01" },
        { "amount", "10000000000.00", "at most" },
        { "amount", "99999999999999999999999999999999999999", "at most" },
        { "amount", "NaN", "not an amount" },
        { "amount", "Infinity", "not an amount" },
        { "amount", "1e400", "not an amount" },
        { "amount", "1e2", "not an amount" },
        { "amount", "0x1F", "not an amount" },
        { "amount", "12\u00075", "not an amount" },
        { "amount", "12\t5", "not an amount" },
        { "amount", "🍜", "not an amount" },
        { "amount", "<b>5</b>", "not an amount" },
        { "amount", "\u202e5", "not an amount" },
        { "amount", "\u0665", "not an amount" },
        { "amount", "5; drop table expenses", "not an amount" },
        { "category_id", "", "Choose" },
        { "category_id", "999999999", "not one of yours" },
        { "category_id", "99999999999999999999999", "not one of yours" },
        { "category_id", "-1", "not one of yours" },
        { "category_id", "0", "not one of yours" },
        { "category_id", "1.5", "not one of yours" },
        { "category_id", "abc", "not one of yours" },
        { "category_id", "NaN", "not one of yours" },
        { "category_id", "1 or 1=1", "not one of yours" },
        { "category_id", "<script>", "not one of yours" },
        { "category_id", "🍜", "not one of yours" },
        { "description", new string('x', 256), "at most 255" },
        { "description", new string('x', 20_000), "at most 255" },
        { "description", string.Concat(Enumerable.Repeat("🍜", 256)), "at most 255" },
        { "description", "bell\u0007", "control" },
        { "description", "two\nlines", "control" },
        { "description", "tab\tbed", "control" },
        { "description", "escape\u001b[31m", "control" },
        { "date", "", "Enter" },
        { "date", "2025-02-30", "not a date" },
        { "date", "2025-02-29", "not a date" },
        { "date", "2025-13-01", "not a date" },
        { "date", "0000-00-00", "not a date" },
        { "date", "05/11/2024", "not a date" },
        { "date", "2024-11-05T10:00:00Z", "not a date" },
        { "date", "tomorrow", "not a date" },
        { "date", "1899-12-31", "between" },
        { "date", "2200-01-01", "between" },
        { "date", "9999-12-31", "between" },
        { "date", "-2024-11-05", "not a date" },
        { "date", "20241105", "not a date" },
        { "date", "🍜", "not a date" },
        { "date", "'; drop table expenses; --", "not a date" },
        { "date", "1e400", "not a date" },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = false)]
    public async Task What_cannot_be_stored_is_named_at_its_field_and_kept(string field, string text, string message)
    {
        using var owner = await App.OpenAsNewUserAsync();
        (string Field, string? Value)[] typed = [("amount", "12.50"), ("category_id", "3"), ("description", "kept"), ("date", "2024-11-05"), (field, text)];
        var answer = await owner.TryAddExpenseAsync(typed);

        Assert.Equal(422, answer.Status);
        Assert.Contains(message, answer.Error(field), StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in typed)
        {
            if (name != field) Assert.Equal(value, answer.Value(name));
        }
        // A choice can only hold what there is to choose.
        if (field != "category_id") Assert.Equal(text.Trim(), answer.Value(field));
        Assert.Empty(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task Each_wrong_field_has_its_own_message()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = await owner.TryAddExpenseAsync(("amount", "x"), ("category_id", ""), ("description", "\u0007"), ("date", "x"));
        Assert.Equal(422, answer.Status);
        Assert.All(["amount", "category_id", "description", "date"], field => Assert.NotNull(answer.Error(field)));
    }

    /// <summary>HTML has no way to write it, so it is not kept: &amp;#x85; is an ellipsis there.</summary>
    [Fact]
    public async Task A_control_character_beyond_ascii_is_one_too()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = await owner.TryAddExpenseAsync(("description", "next\u0085line"));
        Assert.Equal(422, answer.Status);
        Assert.Contains("control", answer.Error("description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_not_sent_is_an_empty_one()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = await owner.TryAddExpenseAsync(("amount", null), ("category_id", null), ("description", null), ("date", null), ("submission", null), ("version", null));
        Assert.Equal(422, answer.Status);
        Assert.All(["amount", "category_id", "date"], field => Assert.NotNull(answer.Error(field)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("🍜 Ramen 👩‍👩‍👧‍👦")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)> &amp; \"quotes\" 'too'")]
    [InlineData("שלום עולם \u202eabc\u202c مرحبا")]
    [InlineData("Robert'); DROP TABLE expenses;-- ")]
    [InlineData("100% _off_ \\ ~ ` ${7*7} {{7*7}} @(1+1)")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("z\u0335\u0321\u034d\u0353a\u0336\u0308l\u0337\u0342g\u0338\u031bo\u0334\u0310")]
    [InlineData("\ufeffbyte order mark")]
    [InlineData("2024-02-30")]
    [InlineData("NULL")]
    [InlineData("\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa")]
    public async Task Odd_texts_are_texts(string description)
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.TryAddExpenseAsync(("description", description))).MustBe(302);
        var stored = description.Trim();
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal(stored, row.Description);

        var list = await owner.GetAsync("/expenses");
        Assert.Equal(stored.Length == 0 ? "Food" : stored, list.Page.QuerySelector($"tr[data-id='{row.Id}'] .description bdi")!.TextContent);
        Assert.Empty(list.Page.QuerySelectorAll("main script, main img"));
        Assert.Equal(stored, (await owner.GetAsync($"/expenses/{row.Id}/edit")).Value("description"));
        Assert.Equal(stored, (await owner.AnalyticsAsync()).Json.GetProperty("recent")[0].GetProperty("description").GetString());
        var dashboard = await owner.GetAsync("/dashboard");
        Assert.Empty(dashboard.Page.QuerySelectorAll("main script, main img"));
    }

    [Fact]
    public async Task A_description_has_as_many_characters_as_people_count()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var longest = string.Concat(Enumerable.Repeat("🍜", 255));
        (await owner.TryAddExpenseAsync(("description", longest))).MustBe(302);
        (await owner.TryAddExpenseAsync(("description", new string('\ufdfa', 255)))).MustBe(302);
        Assert.Equal(longest, (await App.ExpensesOfAsync(owner))[0].Description);
        Assert.Empty(await App.VerifyAsync());
    }

    [Theory]
    [InlineData("en-US", "1,234.50", 123450)]
    [InlineData("en-US", "12,50", 1250)]
    [InlineData("de-DE", "1.234,50", 123450)]
    [InlineData("de-DE", "12,50", 1250)]
    [InlineData("de-DE", "1.234", 123400)]
    [InlineData("fr-FR", "1 234,50", 123450)]
    [InlineData("en-US", "9,999,999,999.99", 999_999_999_999)]
    [InlineData("en-US", "0.01", 1)]
    public async Task Amounts_are_read_and_written_as_the_person_does(string language, string typed, long minor)
    {
        using var owner = await App.OpenAsNewUserAsync(language);
        await owner.AddExpenseAsync(typed, "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal(minor, row.AmountMinor);
        var shown = (await owner.GetAsync($"/expenses/{row.Id}/edit")).Value("amount")!;
        Assert.Equal((minor / 100m).ToString("0.00", CultureInfo.GetCultureInfo(language)), shown);
    }

    /// <summary>Other calendars, digits, directions and separators: whatever the browser says, the pages work.</summary>
    [Theory]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("he-IL")]
    [InlineData("ja-JP")]
    [InlineData("hi-IN")]
    [InlineData("de-CH")]
    [InlineData("ckb-IR")]
    public async Task Every_language_can_add_and_see_the_first_and_the_last_day(string language)
    {
        using var owner = await App.OpenAsNewUserAsync(language);
        await owner.AddExpenseAsync("1", "1900-01-01");
        await owner.AddExpenseAsync("12.5", "2199-12-31");
        foreach (var path in new[] { "/expenses", "/dashboard", "/dashboard?month=2199-12", "/expenses/export/csv" })
        {
            var answer = (await owner.GetAsync(path)).MustBe(200);
            Assert.Contains("2199", answer.Text, StringComparison.Ordinal);
        }
        var row = (await App.ExpensesOfAsync(owner))[1];
        var form = await owner.GetAsync($"/expenses/{row.Id}/edit");
        Assert.Equal("2199-12-31", form.Value("date"));
        (await owner.PostAsync($"/expenses/{row.Id}/edit", Browser.Fill(form))).MustBe(302);
        Assert.Equal(1250, (await App.ExpensesOfAsync(owner))[1].AmountMinor);
        (await owner.GetAsync($"/expenses/{row.Id}/delete")).MustBe(200);
    }

    [Fact]
    public async Task Sixteen_forms_at_once_are_all_booked()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var forms = new List<Dictionary<string, string>>();
        for (var writer = 1; writer <= 16; writer++)
            forms.Add(Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", $"{writer}"), ("category_id", "1"), ("date", "2024-11-05")));
        var answers = await Task.WhenAll(forms.Select(form => owner.PostAsync("/expenses/add", form)));
        Assert.All(answers, answer => answer.MustBe(302));
        var list = await owner.GetAsync("/expenses?date_from=2024-11-01&date_to=2024-11-30");
        Assert.Equal(("16", "$136.00"), (list.TextOf("#count"), list.TextOf("#total")));
        Assert.Equal(136m, (await owner.AnalyticsAsync("2024-11")).Json.GetProperty("month_total").GetDecimal());
    }

    [Fact]
    public async Task Nothing_but_the_form_s_own_fields_counts()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var victim = await App.UserOfAsync(stranger);
        var id = victim.Id.ToString(CultureInfo.InvariantCulture);
        (await owner.TryAddExpenseAsync(
            ("id", "1"), ("user_id", id), ("UserId", id), ("Id", "1"), ("amount_minor", "1"), ("AmountMinor", "1"), ("text_key", "x"), ("created_at", "2000-01-01"), ("Form.Amount", "1")))
            .MustBe(302);
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal((1250L, 1), (row.AmountMinor, row.Version));
        Assert.Empty(await App.ExpensesOfAsync(stranger));
    }

    [Fact]
    public async Task The_same_form_sent_twice_adds_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", "5"), ("category_id", "1"), ("date", "2024-11-05"));
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task The_same_form_sent_ten_times_at_once_adds_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", "5"), ("category_id", "1"), ("date", "2024-11-05"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => owner.PostAsync("/expenses/add", form)));
        Assert.All(answers, answer => answer.MustBe(302));
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task A_form_changed_after_it_was_sent_adds_again()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", "5"), ("category_id", "1"), ("date", "2024-11-05"));
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        // Back in the browser, the form stands as it was sent.
        form["amount"] = "6";
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Equal([500, 600], (await App.ExpensesOfAsync(owner)).Select(row => row.AmountMinor));
    }

    [Fact]
    public async Task An_id_in_the_address_makes_no_other_form_of_it()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("5.00", "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal("", (await owner.GetAsync($"/expenses/add?id={row.Id}")).MustBe(200).Value("amount"));
    }

    [Fact]
    public async Task One_person_s_key_does_not_hold_back_another_s_form()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var other = await App.OpenAsNewUserAsync();
        const string key = "5b2f0f6e-3f0b-4f5a-9a53-0a4c6f0f9d11";
        (await owner.TryAddExpenseAsync(("submission", key))).MustBe(302);
        (await other.TryAddExpenseAsync(("submission", key.ToUpperInvariant()))).MustBe(302);
        (await owner.TryAddExpenseAsync(("submission", $"{{{key}}}"))).MustBe(302);
        Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Single(await App.ExpensesOfAsync(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("'; --")]
    public async Task A_form_without_a_readable_key_still_adds(string key)
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.TryAddExpenseAsync(("submission", key))).MustBe(302);
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task A_category_of_somebody_else_is_none_and_an_own_one_is()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var id = await App.AddOwnCategoryAsync(owner, "Model trains");
        var category = id.ToString(CultureInfo.InvariantCulture);

        var refused = await stranger.TryAddExpenseAsync(("category_id", category));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.Error("category_id"));
        Assert.DoesNotContain("Model trains", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await App.ExpensesOfAsync(stranger));

        (await owner.TryAddExpenseAsync(("category_id", category))).MustBe(302);
        Assert.Equal("Model trains", (await owner.GetAsync("/expenses")).TextOf("tr[data-id] .category"));
    }

    [Fact]
    public async Task A_form_as_large_as_no_form_is_refused()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = await owner.TryAddExpenseAsync(("description", new string('x', 300 * 1024)));
        Assert.Contains(answer.Status, new[] { 400, 413 });
        Assert.Empty(await App.ExpensesOfAsync(owner));
    }

    [Theory]
    [InlineData("application/json", "{\"amount\":\"5\"}")]
    [InlineData("text/plain", "amount=5")]
    [InlineData("multipart/form-data", "amount=5")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("application/x-www-form-urlencoded", "amount=%ZZ&%=&&&==")]
    [InlineData("application/x-www-form-urlencoded", "description=%00")]
    [InlineData("application/x-www-form-urlencoded", "description=%ED%A0%80")]
    public async Task A_body_that_is_no_form_is_refused(string type, string body)
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        (await owner.SendAsync(HttpMethod.Post, "/expenses/add", content)).MustBe(400);
        Assert.Empty(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task A_form_with_more_fields_than_any_is_refused()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var many = Enumerable.Range(0, 5000).Select(index => KeyValuePair.Create($"f{index}", "x"));
        (await owner.PostAsync("/expenses/add", many)).MustBe(400);
    }
}
