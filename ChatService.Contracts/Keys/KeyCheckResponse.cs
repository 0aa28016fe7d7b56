namespace ChatService.Contracts;

/// <param name="Matches">False: the device replaces its prekeys; a device whose identity key differs has to register anew.</param>
public sealed record KeyCheckResponse(bool Matches);
