using ChatService.Contracts;

namespace ChatService.Hub.Messages;

/// <summary>
/// Which devices of a conversation's members are in it: the oldest <see cref="Limits.DevicesPerConversation"/>. The others
/// wait until there is room.
/// </summary>
internal static class DeviceSeats
{
    public static (T[] Seated, T[] Waiting) Of<T>(IEnumerable<T> devices, Func<T, (DateTime CreatedAt, Guid Id)> age)
    {
        T[] oldestFirst = [.. devices.OrderBy(age)];
        return oldestFirst.Length <= Limits.DevicesPerConversation
            ? (oldestFirst, [])
            : (oldestFirst[..Limits.DevicesPerConversation], oldestFirst[Limits.DevicesPerConversation..]);
    }
}
