using System.Net.Http.Json;
using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Tests.Accounts;
using ChatService.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Abuse;

/// <summary>Limits of devices, their keys, and bots.</summary>
internal static class DeviceLimits
{
    public static Dictionary<string, Func<LimitStage, Task>> Rows { get; } = new()
    {
        [nameof(Limits.IdentityKeyLength)] = stage => LengthAsync(stage, (good, cut) => good with { IdentityPublicKey = cut(good.IdentityPublicKey) }),
        [nameof(Limits.CurveKeyLength)] = async stage =>
        {
            await LengthAsync(stage, (good, cut) => good with { SignedPreKey = good.SignedPreKey with { PublicKey = cut(good.SignedPreKey.PublicKey) } });
            await LengthAsync(stage, (good, cut) => good with { OneTimePreKeys = [good.OneTimePreKeys[0] with { PublicKey = cut(good.OneTimePreKeys[0].PublicKey) }] });
        },
        [nameof(Limits.KemKeyLength)] = stage => LengthAsync(stage, (good, cut) => good with { KemPreKey = good.KemPreKey with { PublicKey = cut(good.KemPreKey.PublicKey) } }),
        [nameof(Limits.SignatureLength)] = async stage =>
        {
            await LengthAsync(stage, (good, cut) => good with { SignedPreKey = good.SignedPreKey with { Signature = cut(good.SignedPreKey.Signature) } });
            await LengthAsync(stage, (good, cut) => good with { KemPreKey = good.KemPreKey with { Signature = cut(good.KemPreKey.Signature) } });
        },
        [nameof(Limits.DevicesPerUser)] = DevicesAsync,
        [nameof(Limits.OneTimePreKeysPerDevice)] = PoolAsync,
        [nameof(Limits.BotsPerUser)] = BotsAsync,
    };

    /// <summary>A byte too few and one too many are refused; the key itself is taken.</summary>
    private static async Task LengthAsync(LimitStage stage, Func<RegisterDeviceRequest, Func<string, string>, RegisterDeviceRequest> with)
    {
        var device = await ApiDevice.CreateAsync();
        foreach (var change in (int[])[-1, 1])
        {
            var bad = with(device.Registration, key => Resized(key, change));
            Assert.Equal(ErrorCodes.InvalidArgument, (await RegisterAsync(stage.Alice, device, bad))?.Code);
        }

        Assert.Null(await RegisterAsync(stage.Alice, device, device.Registration));
    }

    private static string Resized(string key, int by)
    {
        var bytes = Convert.FromBase64String(key);
        Array.Resize(ref bytes, bytes.Length + by);
        return Convert.ToBase64String(bytes);
    }

    private static async Task DevicesAsync(LimitStage stage)
    {
        // Each of the two has one already.
        for (var i = 1; i < Limits.DevicesPerUser; i++)
        {
            await ApiDevice.RegisterAsync(stage.Alice.Client.User);
        }

        var device = await ApiDevice.CreateAsync();
        Assert.Equal(ErrorCodes.LimitReached, (await RegisterAsync(stage.Alice, device, device.Registration))?.Code);
        Assert.Equal(Limits.DevicesPerUser, (await stage.Alice.Client.User.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices)).Count);
        var others = await ApiDevice.CreateAsync();
        Assert.Null(await RegisterAsync(stage.Bob, others, others.Registration));

        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Delete, Routes.Device(stage.Alice.Client.DeviceId)));
        Assert.Null(await RegisterAsync(stage.Alice, device, device.Registration));
    }

    private static async Task PoolAsync(LimitStage stage)
    {
        var device = await ApiDevice.CreateAsync(Limits.OneTimePreKeysPerDevice + 1);
        var all = device.Registration.OneTimePreKeys;
        Assert.Equal(ErrorCodes.InvalidArgument, (await RegisterAsync(stage.Alice, device, device.Registration))?.Code);
        Assert.Null(await RegisterAsync(stage.Alice, device, device.Registration with { OneTimePreKeys = [.. all.Skip(2)] }));

        var path = Routes.DeviceOneTimePreKeys(device.Id);
        Assert.Equal(ErrorCodes.LimitReached, (await stage.Alice.RestAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([.. all.Take(2)])))?.Code);
        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([all[0]])));
        Assert.Equal(ErrorCodes.LimitReached, (await stage.Alice.RestAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([all[1]])))?.Code);
    }

    /// <summary>All at once: none slips past the others.</summary>
    private static async Task BotsAsync(LimitStage stage)
    {
        var owner = await TestAccount.CreateAsync(await stage.Stack.GatewayAsync());
        await using (var scope = stage.Hub.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
            var ownerId = db.Users.Single(user => user.UserName == owner.Profile.Handle).Id;
            db.Users.AddRange(Enumerable.Range(2, Limits.BotsPerUser - 2).Select(_ => Bot(ownerId)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var http = await owner.ClientAsync(stage.Hub.Address);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var made = await http.PostAsJsonAsync(Routes.Bots, new CreateBotRequest(TestAccount.NewHandle()), TestContext.Current.CancellationToken);
            return made.IsSuccessStatusCode ? null : (await made.Content.ReadFromJsonAsync<Dictionary<string, object>>())!["code"].ToString();
        }));

        Assert.Equal(2, answers.Count(answer => answer is null));
        Assert.All(answers.OfType<string>(), answer => Assert.Equal(ErrorCodes.LimitReached, answer));
    }

    private static AccountUser Bot(Guid ownerId)
    {
        var handle = TestAccount.NewHandle();
        return new() { Id = Guid.CreateVersion7(), UserName = handle, NormalizedUserName = handle.ToUpperInvariant(), OwnerId = ownerId, CreatedAt = DateTime.UtcNow };
    }

    private static Task<ChatError?> RegisterAsync(Caller caller, ApiDevice device, RegisterDeviceRequest request) =>
        caller.RestAsync(HttpMethod.Put, Routes.Device(device.Id), request);
}
