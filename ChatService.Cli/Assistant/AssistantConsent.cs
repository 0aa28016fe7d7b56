using System.Text.Json;

namespace ChatService.Cli.Assistant;

/// <summary>In which conversations this person has agreed that what they ask the assistant goes to its model's provider, and to which. Kept in the profile.</summary>
internal sealed class AssistantConsent(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="provider">As the assistant names it now: another one is asked about anew.</param>
    public bool IsGiven(Guid conversationId, string provider) => Read().GetValueOrDefault(conversationId) == provider;

    public void Give(Guid conversationId, string provider)
    {
        var given = Read();
        given[conversationId] = provider;
        File.WriteAllText(path, JsonSerializer.Serialize(given, Json));
    }

    private Dictionary<Guid, string> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<Guid, string>>(File.ReadAllText(path), Json) ?? [] : [];
        }
        catch (JsonException)
        {
            // Not readable is not agreed to.
            return [];
        }
    }
}
