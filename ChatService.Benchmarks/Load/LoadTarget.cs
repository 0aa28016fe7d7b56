using ChatService.Benchmarks.Load.Population;
using ChatService.Benchmarks.Load.Servers;

namespace ChatService.Benchmarks.Load;

/// <param name="Tokens">Null where nobody signs in.</param>
/// <param name="HasDeaf">Whether each room has a connection that reads nothing.</param>
internal sealed record LoadTarget(string Name, ServerProcess Server, IReadOnlyList<LoadRoom> Rooms, AccessTokens? Tokens, bool HasDeaf = false);
