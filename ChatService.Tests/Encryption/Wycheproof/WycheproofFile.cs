using System.Text.Json;

namespace ChatService.Tests.Encryption.Wycheproof;

/// <summary>A file of C2SP/wycheproof, read from <c>shared/vectors/wycheproof</c> beside the repository's folder.</summary>
internal static class WycheproofFile
{
    /// <summary>Every test with its group. Skips the calling test, saying why, when the folder is not there.</summary>
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Cases(string name)
    {
        var folder = Folder();
        if (folder is null)
            Assert.Skip("The Wycheproof vectors are not part of the repository: put them into ../shared/vectors/wycheproof beside it to run this.");

        var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name))).RootElement;
        return from @group in document.GetProperty("testGroups").EnumerateArray()
               from test in @group.GetProperty("tests").EnumerateArray()
               select (@group, test);
    }

    public static byte[] Bytes(this JsonElement element, string property) => Convert.FromHexString(element.GetProperty(property).GetString()!);

    public static bool IsValid(this JsonElement test) => test.GetProperty("result").GetString() == "valid";

    public static string Named(this JsonElement test) => $"test {test.GetProperty("tcId")}: {(test.TryGetProperty("comment", out var comment) ? comment.GetString() : "")}";

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "vectors", "wycheproof");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
