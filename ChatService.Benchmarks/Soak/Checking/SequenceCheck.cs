namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>The database by itself: every conversation's messages are 1, 2, 3, … up to what the conversation says.</summary>
internal static class SequenceCheck
{
    public static void Run(ILookup<Guid, StoredRow> stored, IReadOnlyDictionary<Guid, long> last, Violations violations)
    {
        foreach (var (conversationId, end) in last)
        {
            var expected = 1L;
            foreach (var row in stored[conversationId])
            {
                if (row.Sequence != expected)
                {
                    violations.Add(Violations.Missing, $"the database has {row.Sequence} of {conversationId} where {expected} should be");
                }

                expected = row.Sequence + 1;
            }

            if (end != expected - 1)
            {
                violations.Add(Violations.Missing, $"the database has {conversationId} up to {expected - 1}, but it says {end}");
            }
        }
    }
}
