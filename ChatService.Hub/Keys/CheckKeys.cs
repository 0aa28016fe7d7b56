using System.Security.Cryptography;
using ChatService.Contracts;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Keys;

internal static class CheckKeys
{
    public static async Task<Results<Ok<KeyCheckResponse>, ErrorResult>> HandleAsync(
        Guid deviceId, KeyCheckRequest request, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var digest = KeyText.Decode(request.Digest, SHA256.HashSizeInBytes, "The digest");
        var bundle = await OwnDevice.Of(db, caller.Id, deviceId)
            .Join(db.KeyBundles.AsNoTracking(), device => device.Id, bundle => bundle.DeviceId, (_, bundle) => bundle)
            .FirstOrDefaultAsync(cancellationToken) ?? throw await OwnDevice.MissingAsync(db, caller.Id, deviceId, cancellationToken);
        return TypedResults.Ok(new KeyCheckResponse(CryptographicOperations.FixedTimeEquals(digest, KeyDigest.Of(bundle))));
    }
}
