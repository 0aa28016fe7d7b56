using ChatService.Client.Attachments;

namespace ChatService.Tests.Attachments;

public class ImageSizeTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D494844520000001E00000014", 30, 20)]
    [InlineData("4749463839611E001400", 30, 20)]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC0001108001400001E03", 0, 0)]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC00011080014001E03", 30, 20)]
    [InlineData("524946460000000057454250565038580A000000000000001D0000130000", 30, 20)]
    [InlineData("5249464600000000574542505650384C050000002F1DC004000000000000", 30, 20)]
    [InlineData("52494646000000005745425056503820000000000000009D012A1E001400", 30, 20)]
    [InlineData("5249464600000000574542505650384100000000000000000000000000000000", 0, 0)]
    [InlineData("00", 0, 0)]
    [InlineData("", 0, 0)]
    public void The_first_bytes_tell_how_large_a_picture_is(string header, int width, int height) =>
        Assert.Equal(width == 0 ? null : (width, height), ImageSize.Of(Convert.FromHexString(header)));

    [Fact]
    public void No_bytes_whatever_make_it_fail()
    {
        var random = new Random(1);
        byte[][] starts = [[0xFF, 0xD8, 0xFF], "RIFF\0\0\0\0WEBP"u8.ToArray(), [0x89, .. "PNG\r\n\u001a\n"u8], "GIF89a"u8.ToArray()];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            _ = ImageSize.Of([.. starts[i % starts.Length], .. bytes]);
        }
    }
}
