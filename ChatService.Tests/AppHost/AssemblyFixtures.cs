using ChatService.Tests.AppHost;

[assembly: AssemblyFixture(typeof(AppHostFixture))]
