using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Encryption.Keys;

/// <summary>
/// This device's own keys (protocol §1): made once, rotated, topped up. Private halves are in the store before their public halves are returned,
/// so an upload that is lost can be repeated with <see cref="GetPublicKeysAsync"/>.
/// </summary>
/// <param name="rotationPeriod">After this, a signed prekey is due to be replaced. Null: <see cref="RotationPeriod"/>.</param>
public sealed class DeviceKeys(IRandomSource? random = null, TimeProvider? time = null, TimeSpan? rotationPeriod = null)
{
    /// <summary>After this, a signed prekey is due to be replaced, by default; the protocol asks for 30 days at most.</summary>
    public static readonly TimeSpan RotationPeriod = TimeSpan.FromDays(7);

    /// <summary>How long a replaced private half is kept for messages that are still on their way.</summary>
    public static readonly TimeSpan RetentionPeriod = TimeSpan.FromDays(30);

    private readonly IRandomSource _random = random ?? SystemRandomSource.Instance;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public static ValueTask<bool> ExistAsync(IChatTransaction transaction, CancellationToken ct = default) => new KeyRing(transaction).ExistsAsync(ct);

    /// <summary>Makes the identity, the first signed and KEM prekeys and the one-time prekeys.</summary>
    /// <exception cref="InvalidOperationException">The device has keys already.</exception>
    public ValueTask<PublicDeviceKeys> CreateAsync(IChatTransaction transaction, CancellationToken ct = default) =>
        CreateAsync(transaction, PreKeyStarts.Random(_random), Limits.OneTimePreKeysPerDevice, ct);

    internal async ValueTask<PublicDeviceKeys> CreateAsync(IChatTransaction transaction, PreKeyStarts starts, int oneTimePreKeys, CancellationToken ct)
    {
        var ring = new KeyRing(transaction);
        if (await ring.ExistsAsync(ct))
            throw new InvalidOperationException("This device has keys already.");

        var identity = IdentityKeyPair.Generate(_random);
        var state = new DeviceKeyState(identity, 0, 0, starts.SignedPreKey, starts.KemPreKey, starts.OneTimePreKey);
        (state, var signedPreKey, var kemPreKey) = await AddPreKeysAsync(ring, state, ct);
        (state, var oneTime) = await AddOneTimePreKeysAsync(ring, state, oneTimePreKeys, ct);
        await ring.SaveAsync(state, ct);
        identity.Zero();
        return new() { Identity = identity.Identity, SignedPreKey = signedPreKey, KemPreKey = kemPreKey, OneTimePreKeys = oneTime };
    }

    /// <summary>The current public keys, without one-time prekeys.</summary>
    public static async ValueTask<PublicDeviceKeys> GetPublicKeysAsync(IChatTransaction transaction, CancellationToken ct = default)
    {
        var ring = new KeyRing(transaction);
        var state = await ring.StateAsync(ct);
        state.Identity.Zero();
        var signedPreKey = await ring.SignedPreKeyAsync(state.SignedPreKeyId, ct);
        var kemPreKey = await ring.KemPreKeyAsync(state.KemPreKeyId, ct);
        if (signedPreKey is null || kemPreKey is null)
            throw new EncryptionException(EncryptionError.CorruptState, "A current prekey of this device is missing from its store.");
        signedPreKey.Zero();
        kemPreKey.Zero();
        return new() { Identity = state.Identity.Identity, SignedPreKey = signedPreKey.Public, KemPreKey = kemPreKey.Public };
    }

    public async ValueTask<bool> IsRotationDueAsync(IChatTransaction transaction, CancellationToken ct = default)
    {
        var keys = await GetPublicKeysAsync(transaction, ct);
        return _time.GetUtcNow() - keys.SignedPreKey.CreatedAt >= (rotationPeriod ?? RotationPeriod);
    }

    /// <summary>Replaces the signed and the KEM prekey. The old private halves stay for <see cref="RetentionPeriod"/>; those past it are deleted.</summary>
    public async ValueTask<PublicDeviceKeys> RotateAsync(IChatTransaction transaction, CancellationToken ct = default)
    {
        var ring = new KeyRing(transaction);
        var state = await ring.StateAsync(ct);
        var now = _time.GetUtcNow();
        if (await ring.SignedPreKeyAsync(state.SignedPreKeyId, ct) is { } oldSignedPreKey)
            await ring.SaveSignedPreKeyAsync(oldSignedPreKey.SupersededNow(now), ct);
        if (await ring.KemPreKeyAsync(state.KemPreKeyId, ct) is { } oldKemPreKey)
            await ring.SaveKemPreKeyAsync(oldKemPreKey.SupersededNow(now), ct);

        (state, var signedPreKey, var kemPreKey) = await AddPreKeysAsync(ring, state, ct);
        await ring.SaveAsync(state, ct);
        await DeleteExpiredAsync(transaction, ct);
        state.Identity.Zero();
        return new() { Identity = state.Identity.Identity, SignedPreKey = signedPreKey, KemPreKey = kemPreKey };
    }

    /// <summary>Deletes replaced private halves older than <see cref="RetentionPeriod"/>; gives how many.</summary>
    public ValueTask<int> DeleteExpiredAsync(IChatTransaction transaction, CancellationToken ct = default) =>
        new KeyRing(transaction).DeleteSupersededBeforeAsync(_time.GetUtcNow() - RetentionPeriod, ct);

    /// <summary>New one-time prekeys, enough to bring a server that has <paramref name="remaining"/> back to <see cref="Limits.OneTimePreKeysPerDevice"/>; none while it has enough.</summary>
    public async ValueTask<IReadOnlyList<PublicPreKey>> TopUpAsync(IChatTransaction transaction, int remaining, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        if (remaining >= Limits.OneTimePreKeysLow)
            return [];
        var ring = new KeyRing(transaction);
        var (state, added) = await AddOneTimePreKeysAsync(ring, await ring.StateAsync(ct), Limits.OneTimePreKeysPerDevice - remaining, ct);
        await ring.SaveAsync(state, ct);
        state.Identity.Zero();
        return added;
    }

    private async ValueTask<(DeviceKeyState State, SignedPublicPreKey SignedPreKey, SignedPublicPreKey KemPreKey)> AddPreKeysAsync(
        KeyRing ring, DeviceKeyState state, CancellationToken ct)
    {
        var (identity, now) = (state.Identity, _time.GetUtcNow());
        var signedPair = X25519KeyPair.Generate(_random);
        var kemSeed = new byte[MlKem768.SeedSize];
        _random.Fill(kemSeed);
        var kemPublicKey = MlKem768.PublicKey(kemSeed);

        var signedInput = PreKeySignatures.SignedPreKeyInput(identity.Identity, state.NextSignedPreKeyId, signedPair.Public);
        var kemInput = PreKeySignatures.KemPreKeyInput(identity.Identity, state.NextKemPreKeyId, kemPublicKey);
        var signedPreKey = new SignedPublicPreKey(state.NextSignedPreKeyId, signedPair.Public, Ed25519Signature.Sign(identity.SigningSeed, signedInput), now);
        var kemPreKey = new SignedPublicPreKey(state.NextKemPreKeyId, kemPublicKey, Ed25519Signature.Sign(identity.SigningSeed, kemInput), now);

        await ring.SaveSignedPreKeyAsync(new(signedPair.Private, signedPreKey), ct);
        await ring.SaveKemPreKeyAsync(new(kemSeed, kemPreKey), ct);
        signedPair.Zero();
        CryptographicOperations.ZeroMemory(kemSeed);
        return (state with
        {
            SignedPreKeyId = signedPreKey.Id,
            KemPreKeyId = kemPreKey.Id,
            NextSignedPreKeyId = signedPreKey.Id + 1,
            NextKemPreKeyId = kemPreKey.Id + 1,
        }, signedPreKey, kemPreKey);
    }

    private async ValueTask<(DeviceKeyState State, List<PublicPreKey> Added)> AddOneTimePreKeysAsync(
        KeyRing ring, DeviceKeyState state, int count, CancellationToken ct)
    {
        List<PublicPreKey> added = new(count);
        for (var i = 0; i < count; i++)
        {
            var pair = X25519KeyPair.Generate(_random);
            var id = state.NextOneTimePreKeyId + (uint)i;
            await ring.SaveOneTimePreKeyAsync(id, pair.Private, ct);
            pair.Zero();
            added.Add(new(id, pair.Public));
        }

        return (state with { NextOneTimePreKeyId = state.NextOneTimePreKeyId + (uint)count }, added);
    }
}
