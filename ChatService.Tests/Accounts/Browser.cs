using System.Net;
using System.Text.RegularExpressions;

namespace ChatService.Tests.Accounts;

/// <summary>Keeps cookies, follows no redirect on its own, and fills in the one form of a page.</summary>
internal sealed partial class Browser(Uri server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server };

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>Follows redirects within the server.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string address)
    {
        var response = await GetAsync(address);
        while (response.StatusCode == HttpStatusCode.Redirect
            && new Uri(server, response.Headers.Location!) is { } next && next.Authority == server.Authority)
        {
            response.Dispose();
            response = await GetAsync(next.PathAndQuery);
        }

        return response;
    }

    public async Task<HttpResponseMessage> SubmitAsync(HttpResponseMessage page, params (string Name, string Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var action = WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value);
        var hidden = Hidden().Matches(html).Select(field => KeyValuePair.Create(
            WebUtility.HtmlDecode(field.Groups[1].Value), WebUtility.HtmlDecode(field.Groups[2].Value)));
        using var content = new FormUrlEncodedContent([.. hidden, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await _http.PostAsync(action, content, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SignInAsync(HttpResponseMessage page, TestAccount account)
    {
        using var answer = await SubmitAsync(page, ("handle", account.Profile.Handle), ("password", account.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await OpenAsync(answer.Headers.Location!.OriginalString);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
