namespace ChatService.Worker.Assistant;

internal enum ModelFailureKind
{
    KeyRefused,
    UnknownModel,
    TooLong,
    Refused,
    Busy,
    Unreachable,
    Timeout,
    BrokenStream,
    CutAtLimit,
    Filtered,
    Empty,
}
