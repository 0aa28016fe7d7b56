namespace ChatService.Hub.Assistant;

public enum AnswerState
{
    Awaited,
    Stored,

    /// <summary>Whoever asked is no longer a member.</summary>
    AskerGone,

    /// <summary>The assistant is no longer a member, and had not answered.</summary>
    AssistantGone,
}
