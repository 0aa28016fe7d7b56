using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace ChatService.Tests.AppHost;

public class ResourceNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("two words")]
    [InlineData("two--hyphens")]
    [InlineData("ends-")]
    [InlineData("ümlaut")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234x")]
    public async Task A_name_outside_the_rules_is_refused(string name)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>(TestContext.Current.CancellationToken);

        Assert.ThrowsAny<Exception>(() => builder.AddParameter(name));
    }

    [Fact]
    public async Task Names_differ_by_more_than_case()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>(TestContext.Current.CancellationToken);

        Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("Postgres"));
    }
}
