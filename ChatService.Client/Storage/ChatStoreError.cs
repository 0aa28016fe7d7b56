namespace ChatService.Client.Storage;

public enum ChatStoreError
{
    /// <summary>Another process, or another store in this one, has the file open.</summary>
    InUse,

    /// <summary>The key does not open this file.</summary>
    WrongKey,

    /// <summary>A value was changed, moved or cut outside of the store.</summary>
    Tampered,

    /// <summary>Written by a later version, or not a chat store.</summary>
    UnknownFormat,

    /// <summary>The file or its folder cannot be written.</summary>
    Unavailable,
}
