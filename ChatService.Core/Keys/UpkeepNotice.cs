using System.Text.Json;

namespace ChatService.Core.Keys;

/// <summary>
/// What the worker tells the hubs about devices, on a Redis channel: the hub that a device is connected to passes it on.
/// It may be lost; what matters is in the database, where the next connect and the next run find it.
/// </summary>
/// <param name="Rotate">Devices whose signed prekey is too old.</param>
/// <param name="TopUp">Devices whose pool of one-time prekeys runs dry.</param>
/// <param name="Retired">Devices that are out of all delivery lists from now on.</param>
public sealed record UpkeepNotice(Guid[] Rotate, LowPool[] TopUp, RetiredDevice[] Retired)
{
    public const string Channel = "chat.upkeep";

    public static UpkeepNotice ToRotate(Guid[] devices) => new(devices, [], []);

    public static UpkeepNotice ToTopUp(LowPool[] pools) => new([], pools, []);

    public static UpkeepNotice Of(RetiredDevice device) => new([], [], [device]);

    public static UpkeepNotice Parse(string text) =>
        JsonSerializer.Deserialize<UpkeepNotice>(text) ?? throw new JsonException("An upkeep notice is an object.");

    public override string ToString() => JsonSerializer.Serialize(this);
}
