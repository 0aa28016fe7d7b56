using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatService.Core.Accounts.Migrations
{
    /// <inheritdoc />
    public partial class Expired_tokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_tokens_creation_date",
                schema: "accounts",
                table: "tokens",
                column: "creation_date");

            migrationBuilder.CreateIndex(
                name: "ix_authorizations_creation_date",
                schema: "accounts",
                table: "authorizations",
                column: "creation_date");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tokens_creation_date",
                schema: "accounts",
                table: "tokens");

            migrationBuilder.DropIndex(
                name: "ix_authorizations_creation_date",
                schema: "accounts",
                table: "authorizations");
        }
    }
}
