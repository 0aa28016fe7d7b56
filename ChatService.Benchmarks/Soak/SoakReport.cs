using System.Diagnostics;
using System.Globalization;
using ChatService.Benchmarks.Soak.Checking;
using ChatService.Benchmarks.Soak.People;
using ChatService.Benchmarks.Soak.Stack;

namespace ChatService.Benchmarks.Soak;

/// <summary>The figures of a run, and what was wrong.</summary>
internal static class SoakReport
{
    private const int Shown = 10;

    public static async Task PrintAsync(SoakStack stack, Population people, Talk talk, ClientErrors errors, Settling settling, Audit audit, Violations violations)
    {
        List<ToldMessage> told = [];
        List<TimeSpan> delays = [], connected = [];
        var acknowledgedAt = talk.Sent.Where(message => message.Id is not null).DistinctBy(message => message.Id).ToDictionary(message => message.Id!.Value, message => message.AcknowledgedAt);
        foreach (var client in people.Clients)
        {
            var toldHere = await client.ToldAsync();
            told.AddRange(toldHere);
            foreach (var message in toldHere.Where(message => message.IsOpen && acknowledgedAt.ContainsKey(message.Id)))
            {
                // A delivery may be faster than the receipt.
                var from = Math.Min(acknowledgedAt[message.Id], message.At);
                delays.Add(Stopwatch.GetElapsedTime(from, message.At));
                if (client.Connection.WasConnected(from, message.At))
                {
                    connected.Add(delays[^1]);
                }
            }
        }

        delays.Sort();
        connected.Sort();
        Console.WriteLine();
        Row("messages said", talk.Sent.Count);
        Row("acknowledged", talk.Acknowledged);
        Row("stored, with the server's own and those of devices", audit.Stored);
        Row("delivered to applications", told.Count);
        Row("held by clients and compared", audit.Compared);
        Row("acknowledged after (p50 / p99 / longest)", Text(Took(talk.Sent)));
        Row("told to the others after that (p50 / p99 / longest)", Text(delays));
        Row("  of these to those who were connected all the while", Text(connected));
        Row("kills", $"{stack.All.Sum(part => part.Kills)}   ({string.Join(", ", stack.All.Select(part => $"{part.Name} {part.Kills}"))})");
        Row("reconnects", people.Clients.Sum(client => client.Connection.Reconnects));
        Row("longest without a connection", Text(people.Clients.Max(client => client.Connection.Longest)));
        Row("messages that could not be opened at first", told.Count(message => message is { IsOpen: false, IsSystem: false }));
        Row("of these sealed again and opened", told.Count(message => message.IsLate));
        Row("after the end: all acknowledged within", Text(settling.UntilAcknowledged));
        Row("after that: everyone had everything within", Text(settling.UntilCaughtUp));
        Console.WriteLine("by the way to a hub: acknowledged after (p50 / p99 / longest), reconnects, longest without a connection");
        foreach (var way in people.Clients.GroupBy(client => client.Way.Name).OrderBy(way => way.Key))
        {
            Row($"  {way.Key}, {way.Count()} clients", $"{Text(Took(talk.Sent.Where(sent => sent.Sender.Way.Name == way.Key)))}, {way.Sum(client => client.Connection.Reconnects)}, {Text(way.Max(client => client.Connection.Longest))}");
        }

        Console.WriteLine("what clients logged");
        foreach (var (what, count) in errors.Counts)
        {
            Row($"  {what}", count);
        }

        Console.WriteLine("violations");
        foreach (var kind in Violations.Kinds)
        {
            Row($"  {kind}", violations.Of(kind).Count);
        }

        foreach (var kind in Violations.Kinds)
        {
            foreach (var what in violations.Of(kind).Take(Shown))
            {
                Console.WriteLine($"{kind}: {what}");
            }
        }
    }

    private static List<TimeSpan> Took(IEnumerable<SentMessage> sent) => [.. sent.Where(message => message.Id is not null).Select(message => message.Took).Order()];

    private static string Text(List<TimeSpan> sorted) => $"{Text(At(sorted, 0.5))} / {Text(At(sorted, 0.99))} / {Text(At(sorted, 1))}";

    private static TimeSpan At(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? default : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    private static string Text(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    private static void Row(string what, int count) => Row(what, count.ToString("N0", CultureInfo.InvariantCulture));

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-64} {figure}");
}
