using ChatService.Client.Attachments;

namespace ChatService.Tests.Attachments;

public class SafeFileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("résumé 2.pdf", "résumé 2.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\evil.exe", "evil.exe")]
    [InlineData("/etc/", "file")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("a\u001b[2Jb\n.txt", "a_[2Jb_.txt")]
    [InlineData("photo\u202Egpj.exe", "photo_gpj.exe")]
    [InlineData("what?<>.txt", "what___.txt")]
    [InlineData("name. . .", "name")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("lpt1", "_lpt1")]
    public void A_name_becomes_one_that_no_file_system_takes_for_anything_else(string name, string safe) =>
        Assert.Equal(safe, SafeFileName.Of(name));

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_part_of_a_name() => Assert.Equal("_.txt", SafeFileName.Of(new string('\ud800', 1) + ".txt"));

    [Fact]
    public void A_long_name_is_cut_and_keeps_its_extension()
    {
        var safe = SafeFileName.Of(new string('€', 300) + ".pdf");

        Assert.EndsWith("€.pdf", safe, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(safe), 100, 120);
        Assert.InRange(SafeFileName.Of("x." + new string('y', 500)).Length, 1, 120);
    }
}
