using Microsoft.Extensions.Configuration;

namespace ChatService.Benchmarks.Absence;

/// <summary>What waits for somebody who comes back.</summary>
/// <param name="Writers">Who wrote it, each to their share of the conversations: with one, most of it is one device's, and told in slices.</param>
internal sealed record AbsenceOptions(int Messages, int Conversations, int Writers)
{
    public const string Usage = "absence [--messages 10000] [--conversations 20] [--writers 10]";

    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static AbsenceOptions Parse(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        var options = new AbsenceOptions(settings.Number("messages", 10_000), settings.Number("conversations", 20), settings.Number("writers", 10));
        if (options.Writers > options.Conversations || options.Conversations > options.Messages)
        {
            throw new ArgumentException("There are at least as many messages as conversations, and as many conversations as writers.");
        }

        return options;
    }
}
