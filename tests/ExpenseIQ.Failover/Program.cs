// People who use a site while something breaks beneath it: dotnet ExpenseIQ.Failover.dll ADDRESS PEOPLE SECONDS
// Each has an account, adds, edits, deletes and reads, and sends a form again until the site says that it is saved, as a person
// would. After SECONDS each compares the site's rows with what was acknowledged. The last line is what bin/failover reads.
using System.Globalization;
using ExpenseIQ.Failover;

if (args is not [var address, var peopleText, var secondsText])
{
    await Console.Error.WriteLineAsync("ADDRESS PEOPLE SECONDS");
    return 2;
}
var journal = new Journal();
var people = Enumerable.Range(1, int.Parse(peopleText, CultureInfo.InvariantCulture)).Select(number => new Person(new Uri(address), number, journal)).ToList();
foreach (var person in people) await person.RegisterAsync();
await Console.Out.WriteLineAsync("ready");

journal.Start();
using (var end = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(secondsText, CultureInfo.InvariantCulture))))
    await Task.WhenAll(people.Select(person => Task.Run(() => person.LiveAsync(end.Token))));
journal.Stop();

foreach (var person in people) await person.CompareAsync();
foreach (var person in people) person.Dispose();
foreach (var line in journal.Findings) await Console.Out.WriteLineAsync(line);
await Console.Out.WriteLineAsync(journal.Summary);
return journal.Lost + journal.Duplicates + journal.Wrong == 0 ? 0 : 1;
