class GenSite < Formula
  desc "Static-site generator for linked articles: guides, up-next cards, checked links"
  homepage "@repository@"
  version "@version@"
  license "@license@"

  on_macos do
    on_arm do
      url "@repository@/releases/download/v@version@/@name@-@version@-aarch64-apple-darwin.tar.gz"
      sha256 "@sha256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@repository@/releases/download/v@version@/@name@-@version@-x86_64-apple-darwin.tar.gz"
      sha256 "@sha256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@repository@/releases/download/v@version@/@name@-@version@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@sha256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@repository@/releases/download/v@version@/@name@-@version@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@sha256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "gen"
    generate_completions_from_executable(bin/"gen", "completions", shells: [:bash, :zsh, :fish])
    (buildpath/"gen.1").write Utils.safe_popen_read(bin/"gen", "man")
    man1.install "gen.1"
  end

  test do
    system bin/"gen", "init", "site"
    system bin/"gen", "build", "--root", "site"
    assert_path_exists testpath/"site/public/index.html"
  end
end
