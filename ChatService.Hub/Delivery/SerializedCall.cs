using ChatService.Contracts;

namespace ChatService.Hub.Delivery;

/// <summary>What can be read from a call that the backplane has serialized already.</summary>
public static class SerializedCall
{
    /// <summary>Enough to hold the name of the method, in JSON and in MessagePack, and nothing that a user wrote.</summary>
    private const int NameWithin = 48;

    private static readonly byte[][] s_signals = [.. Names(nameof(IChatHubClient.UserTyping), nameof(IChatHubClient.PresenceChanged))];

    private static readonly byte[][] s_madeUpLater = [.. Names(
        nameof(IChatHubClient.ReceiveMessage), nameof(IChatHubClient.MessageDelivered), nameof(IChatHubClient.MessageRead), nameof(IChatHubClient.ReceiveAIChunk))];

    public static CallKind KindOf(ReadOnlySpan<byte> call)
    {
        var start = call[..Math.Min(call.Length, NameWithin)];
        return ContainsAny(start, s_madeUpLater) ? CallKind.MadeUpLater : ContainsAny(start, s_signals) ? CallKind.Signal : CallKind.Other;
    }

    private static bool ContainsAny(ReadOnlySpan<byte> start, byte[][] names)
    {
        foreach (var name in names)
        {
            if (start.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<byte[]> Names(params string[] methods) => methods.Select(System.Text.Encoding.ASCII.GetBytes);
}
