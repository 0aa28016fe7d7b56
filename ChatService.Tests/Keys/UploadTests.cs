using System.Buffers.Binary;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Keys;

public sealed class UploadTests(AppHostFixture stack)
{
    [Fact]
    public async Task What_is_malformed_or_badly_signed_is_refused_and_nothing_is_registered()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var device = await ApiDevice.CreateAsync();
        var other = await ApiDevice.CreateAsync();
        var good = device.Registration;
        (string Expected, RegisterDeviceRequest Request)[] bad =
        [
            (ErrorCodes.InvalidSignature, good with { SignedPreKey = good.SignedPreKey with { Signature = other.Registration.SignedPreKey.Signature } }),
            (ErrorCodes.InvalidSignature, good with { SignedPreKey = good.SignedPreKey with { Id = good.SignedPreKey.Id + 1 } }),
            (ErrorCodes.InvalidSignature, good with { KemPreKey = other.Registration.KemPreKey }),
            (ErrorCodes.InvalidSignature, good with { KemPreKey = good.KemPreKey with { Signature = good.SignedPreKey.Signature } }),
            (ErrorCodes.InvalidSignature, good with { IdentityPublicKey = other.Registration.IdentityPublicKey }),
            (ErrorCodes.InvalidArgument, good with { Name = " " }),
            (ErrorCodes.InvalidArgument, good with { Name = new string('x', Limits.NameLength + 1) }),
            (ErrorCodes.InvalidArgument, good with { IdentityPublicKey = "not base64" }),
            (ErrorCodes.InvalidArgument, good with { IdentityPublicKey = Convert.ToBase64String(new byte[64]) }),
            (ErrorCodes.InvalidArgument, good with { IdentityPublicKey = good.IdentityPublicKey[..^4] }),
            (ErrorCodes.InvalidArgument, good with { SignedPreKey = null! }),
            (ErrorCodes.InvalidArgument, good with { SignedPreKey = good.SignedPreKey with { PublicKey = Convert.ToBase64String(new byte[32]) } }),
            (ErrorCodes.InvalidArgument, good with { SignedPreKey = good.SignedPreKey with { PublicKey = good.SignedPreKey.PublicKey + "AAAA" } }),
            (ErrorCodes.InvalidArgument, good with { KemPreKey = good.KemPreKey with { PublicKey = Convert.ToBase64String(Enumerable.Repeat((byte)0xFF, Limits.KemKeyLength).ToArray()) } }),
            (ErrorCodes.InvalidArgument, good with { OneTimePreKeys = null! }),
            (ErrorCodes.InvalidArgument, good with { OneTimePreKeys = [null!] }),
            (ErrorCodes.InvalidArgument, good with { OneTimePreKeys = [good.OneTimePreKeys[0], good.OneTimePreKeys[0]] }),
            (ErrorCodes.InvalidArgument, good with { OneTimePreKeys = [good.OneTimePreKeys[0] with { Id = uint.MaxValue }] }),
            (ErrorCodes.InvalidArgument, good with { OneTimePreKeys = [.. Enumerable.Range(0, 101).Select(OneTime)] }),
        ];

        foreach (var (expected, request) in bad)
        {
            Assert.Equal(expected, await alice.RefusedAsync(HttpMethod.Put, Routes.Device(device.Id), request));
        }

        Assert.Equal(ErrorCodes.InvalidArgument, await alice.RefusedAsync(HttpMethod.Put, Routes.Device(Guid.NewGuid()), good));
        Assert.Empty(await alice.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices));
    }

    [Fact]
    public async Task Prekeys_are_replaced_counted_and_checked_and_their_ids_never_come_back()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var device = await ApiDevice.RegisterAsync(alice);
        var first = device.Registration;
        Assert.True((await CheckAsync(alice, device)).Matches);

        var second = await device.RotateAsync();
        Assert.False((await CheckAsync(alice, device)).Matches);
        await alice.CallAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), second);
        await alice.CallAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), second);

        Assert.True((await CheckAsync(alice, device)).Matches);
        var count = await alice.GetAsync<KeyCount>(Routes.DeviceKeys(device.Id));
        Assert.Equal((2, second.SignedPreKey.Id, second.KemPreKey.Id), (count.OneTimePreKeys, count.SignedPreKeyId, count.KemPreKeyId));
        var third = await device.RotateAsync();
        Assert.Equal(
            ErrorCodes.Conflict,
            await alice.RefusedAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), new ReplacePreKeysRequest(first.SignedPreKey, third.KemPreKey)));
        Assert.Equal(
            ErrorCodes.Conflict,
            await alice.RefusedAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), new ReplacePreKeysRequest(third.SignedPreKey, first.KemPreKey)));
        Assert.Equal(
            ErrorCodes.Conflict,
            await alice.RefusedAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), new ReplacePreKeysRequest(third.SignedPreKey, second.KemPreKey)));
        Assert.Equal(
            ErrorCodes.InvalidSignature,
            await alice.RefusedAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), third with { KemPreKey = third.KemPreKey with { Signature = third.SignedPreKey.Signature } }));
        await alice.CallAsync(HttpMethod.Put, Routes.DeviceKeys(device.Id), third);
    }

    [Fact]
    public async Task The_pool_of_one_time_prekeys_holds_a_hundred_and_takes_none_twice()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var tablet = await ApiDevice.RegisterAsync(alice, oneTimePreKeys: 0);
        var phone = await ApiDevice.RegisterAsync(alice, oneTimePreKeys: 1);
        var path = Routes.DeviceOneTimePreKeys(phone.Id);
        var used = Assert.Single(await alice.GetAsync<IReadOnlyList<KeyBundle>>(Routes.UserKeys(alice.Id, tablet.Id)));

        Assert.Equal(
            ErrorCodes.Conflict,
            await alice.RefusedAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([new(used.OneTimePreKeyId!.Value, OneTime(1).PublicKey)])));
        Assert.Equal(
            ErrorCodes.Conflict,
            await alice.RefusedAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([new(7777, used.OneTimePreKey!)])));
        var refill = await phone.TopUpAsync();
        await alice.CallAsync(HttpMethod.Post, path, refill);
        Assert.Equal(100, (await alice.GetAsync<KeyCount>(Routes.DeviceKeys(phone.Id))).OneTimePreKeys);
        Assert.Equal(
            ErrorCodes.LimitReached,
            await alice.RefusedAsync(HttpMethod.Post, path, new AddOneTimePreKeysRequest([OneTime(999_999)])));
    }

    private static Task<KeyCheckResponse> CheckAsync(ApiUser user, ApiDevice device) => user.CallAsync<KeyCheckResponse>(
        HttpMethod.Post, Routes.DeviceKeyCheck(device.Id), new KeyCheckRequest(Convert.ToBase64String(device.Public.CheckDigest())));

    private static OneTimePreKeyUpload OneTime(int id)
    {
        var key = new byte[Limits.CurveKeyLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, id + 1000);
        return new((uint)id, Convert.ToBase64String(key));
    }
}
