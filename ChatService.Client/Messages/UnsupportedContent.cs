namespace ChatService.Client.Messages;

/// <summary>Opened, but of a type (or in a form) this version does not know. Kept whole, for a later version to show.</summary>
/// <param name="DeclaredType">The JSON's <c>type</c>; empty when it has none.</param>
/// <param name="Json">The content as it was sent.</param>
public sealed record UnsupportedContent(string DeclaredType, string Json) : MessageContent
{
    public override string Type => DeclaredType;

    /// <summary>False: it is not even JSON.</summary>
    public bool IsJson
    {
        get
        {
            try
            {
                using var document = System.Text.Json.JsonDocument.Parse(Json);
                return true;
            }
            catch (System.Text.Json.JsonException)
            {
                return false;
            }
        }
    }
}
