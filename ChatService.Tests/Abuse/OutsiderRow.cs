namespace ChatService.Tests.Abuse;

/// <summary>A call that names something by its id.</summary>
/// <param name="What">The method of the hub, or the endpoint as routing has it.</param>
/// <param name="Named">What the id is of, and to whom it must be nothing.</param>
/// <param name="Call">The whole answer.</param>
/// <param name="Makes">The client makes the id: one that nobody has is free, and the others are all equally taken.</param>
internal sealed record OutsiderRow(
    string What, Func<OutsiderStage, OutsiderCall[]> Named, Func<OutsiderStage, Caller, Guid, Task<string>> Call, bool Makes = false);
