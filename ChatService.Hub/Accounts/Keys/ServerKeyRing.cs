using System.Security.Cryptography;
using ChatService.Core.Accounts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace ChatService.Hub.Accounts;

/// <summary>
/// The authority's keys as this process has them. When they change, OpenIddict's options are made anew, so keys rotate
/// without a restart.
/// </summary>
internal sealed class ServerKeyRing(ServerKeys keys, TimeProvider time)
    : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private volatile Loaded _loaded = new([], []);
    private CancellationTokenSource _changed = new();

    public string? Name => Options.DefaultName;

    /// <summary>What a token's signature may have been made with.</summary>
    public IEnumerable<SecurityKey> Find(string? keyId) =>
        _loaded.Signing.Where(key => key.KeyId == keyId);

    /// <summary>Takes over what the database has. The key to use comes first.</summary>
    public void Load(IEnumerable<ServerKey> stored)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ordered = stored.OrderByDescending(key => key.ActivatesAt <= now).ThenByDescending(key => key.ActivatesAt).ToList();
        var loaded = new Loaded(
            [.. ordered.Where(key => key.Use == ServerKeyUse.Signing).Select(SigningKey)],
            [.. ordered.Where(key => key.Use == ServerKeyUse.Encryption).Select(EncryptionKey)]);
        if (loaded.Ids.SequenceEqual(_loaded.Ids))
        {
            return;
        }

        _loaded = loaded;
        var before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        before.Cancel();
    }

    public void Dispose() => _changed.Dispose();

    public void Configure(OpenIddictServerOptions options)
    {
        options.SigningCredentials.AddRange(
            _loaded.Signing.Select(key => new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)));
        options.EncryptionCredentials.AddRange(_loaded.Encryption.Select(key =>
            new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    private SecurityKey SigningKey(ServerKey stored)
    {
        var secret = keys.Unseal(stored);
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(secret, out _);
            return new ECDsaSecurityKey(key) { KeyId = stored.Id };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private SecurityKey EncryptionKey(ServerKey stored) => new SymmetricSecurityKey(keys.Unseal(stored)) { KeyId = stored.Id };

    private sealed record Loaded(IReadOnlyList<SecurityKey> Signing, IReadOnlyList<SecurityKey> Encryption)
    {
        public IEnumerable<string> Ids => Signing.Concat(Encryption).Select(key => key.KeyId);
    }
}
