namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>What must not be, by kind.</summary>
internal sealed class Violations
{
    private readonly Dictionary<string, List<string>> _kinds = [];

    /// <summary>All that is looked for, in the order of the report.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        Missing, Twice, OutOfOrder, Undecryptable, WrongText, Lost, Misplaced, NeverSent, Overtaken, Refused, Unsettled, GaveUp, Ended,
    ];

    public const string Missing = "missing";
    public const string Twice = "twice";
    public const string OutOfOrder = "out of order";
    public const string Undecryptable = "cannot be opened";
    public const string WrongText = "another text";
    public const string Lost = "acknowledged, not stored";
    public const string Misplaced = "acknowledged, stored elsewhere";
    public const string NeverSent = "stored, never sent";
    public const string Overtaken = "overtaken by a later one of the same sender";
    public const string Refused = "refused for good";
    public const string Unsettled = "not settled in time";
    public const string GaveUp = "clients that gave up";
    public const string Ended = "servers that ended by themselves";

    public int Count => _kinds.Values.Sum(found => found.Count);

    public IReadOnlyList<string> Of(string kind) => _kinds.GetValueOrDefault(kind, []);

    public void Add(string kind, string what)
    {
        if (!_kinds.TryGetValue(kind, out var found))
        {
            _kinds[kind] = found = [];
        }

        found.Add(what);
    }
}
