using ChatService.Core.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ChatService.Tests.Storage;

public sealed class ConnectionPoolTests
{
    [Theory]
    [InlineData("Host=db;Database=chat", 40)]
    [InlineData("Host=db;Database=chat;Maximum Pool Size=100", 100)]
    [InlineData("Host=db;Database=chat;MaxPoolSize=7", 7)]
    public void A_pool_is_bounded_unless_the_operator_says_how_large_it_is(string connectionString, int expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:chatdb"] = connectionString })
            .Build();

        ConnectionPool.Bound(configuration, 40);

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("chatdb")).MaxPoolSize);
    }
}
