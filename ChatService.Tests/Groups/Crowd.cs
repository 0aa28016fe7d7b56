using ChatService.Core.Devices;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Groups;

/// <summary>Users with devices, put into the database: so many would take long to sign in.</summary>
internal sealed record Crowd(IReadOnlyList<Guid> UserIds, IReadOnlyList<Guid> DeviceIds)
{
    public static async Task<Crowd> CreateAsync(AppHostFixture stack, int users, int devicesEach)
    {
        var now = DateTime.UtcNow;
        await using var db = await StoredGroup.OpenAsync(stack);
        List<Guid> userIds = [], deviceIds = [];
        for (var i = 0; i < users; i++)
        {
            var handle = $"c{Guid.NewGuid():n}"[..20];
            var user = ChatUser.Create(handle, handle, "One of many", now);
            db.Users.Add(user);
            userIds.Add(user.Id);
            for (var d = 0; d < devicesEach; d++)
            {
                deviceIds.Add(Guid.CreateVersion7());
                db.Devices.Add(Device.Register(deviceIds[^1], user.Id, "Device", now));
            }
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return new Crowd(userIds, deviceIds);
    }
}
