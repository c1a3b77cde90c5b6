# Builds gen from source: nix run "github:OWNER/gen?dir=packages/nix" -- build. The version is Cargo.toml's.
{
  description = "Static-site generator for linked articles";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      crate = (builtins.fromTOML (builtins.readFile ../../Cargo.toml)).package;
      package =
        pkgs:
        pkgs.rustPlatform.buildRustPackage {
          pname = crate.name;
          version = crate.version;
          src = ../..;
          cargoLock.lockFile = ../../Cargo.lock;
          buildType = "dist";
          # They are run before a release; here only the binary is made.
          doCheck = false;
          meta = {
            description = crate.description;
            homepage = crate.repository;
            license = pkgs.lib.licenses.mit;
            mainProgram = "gen";
          };
        };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: {
        default = package nixpkgs.legacyPackages.${system};
      });
    };
}
