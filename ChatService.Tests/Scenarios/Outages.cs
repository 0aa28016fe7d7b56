namespace ChatService.Tests.Scenarios;

/// <summary>What stops a part of the stack runs when nothing else does.</summary>
[CollectionDefinition(nameof(Outages), DisableParallelization = true)]
public sealed class Outages;
