using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Storage;

/// <summary>The file that holds a store's key: 32 random bytes.</summary>
internal static class StoreKeyFile
{
    public static byte[] ReadOrCreate(string path, bool mayCreate)
    {
        if (PrivateFiles.HasContent(path))
            return Read(path);
        if (!mayCreate)
            throw new ChatStoreException(ChatStoreError.WrongKey, $"The key file '{path}' is missing; without it the store cannot be opened. Put it back, or start a new profile.");

        // Written under another name first: a crash leaves no half a key under this one.
        var key = RandomNumberGenerator.GetBytes(AesGcmSizes.Key);
        var unfinished = path + ".new";
        using (var file = PrivateFiles.Open(unfinished, FileMode.Create, FileShare.None))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return key;
    }

    private static byte[] Read(string path)
    {
        PrivateFiles.Restrict(path);
        var key = File.ReadAllBytes(path);
        return key.Length == AesGcmSizes.Key
            ? key
            : throw new ChatStoreException(ChatStoreError.WrongKey, $"The key file '{path}' does not hold a key of {AesGcmSizes.Key} bytes.");
    }
}
