using ChatService.Hub.Rooms;

namespace ChatService.Hub.CatchUp;

/// <summary>What a device has not got of a conversation.</summary>
/// <param name="After">The sequence that it has come to.</param>
public readonly record struct Missed(Room Room, long After)
{
    public long Count => Math.Max(0, Room.LastSequence - After);
}
