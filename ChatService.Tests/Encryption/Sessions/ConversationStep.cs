namespace ChatService.Tests.Encryption.Sessions;

public enum ConversationStep
{
    Send,

    /// <summary>The sender dies before it has committed: nothing was sent.</summary>
    CrashWhileSealing,

    /// <summary>The sender has committed, the server never got it: the same message is sealed again.</summary>
    LoseAndSendAgain,

    /// <summary>Any of the messages that a device has not got yet, in any order.</summary>
    Deliver,

    /// <summary>The receiver dies before it has committed: the message comes again.</summary>
    CrashWhileOpening,

    /// <summary>The server delivers what a device has already.</summary>
    DeliverAgain,
}
