namespace ChatService.Benchmarks.Load;

internal static class LoadScenarioExtensions
{
    /// <summary>Members of each conversation, all of whom write.</summary>
    public static int RoomSize(this LoadScenario scenario) => scenario switch
    {
        LoadScenario.Direct => 2,
        LoadScenario.Group100 => 100,
        _ => 10,
    };
}
