namespace ChatService.Benchmarks.Load;

internal enum LoadScenario
{
    /// <summary>Pairs, both of whom write.</summary>
    Direct,

    Group10,

    Group100,

    /// <summary>The same group of ten twice, empty and with a million messages in it.</summary>
    Million,
}
