package unlock_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/concheck/concheck/analyzers/internal/checktest"
	"github.com/concheck/concheck/analyzers/unlock"
)

// wanted is a comment that wants a finding, with what it wants.
var wanted = regexp.MustCompile("// want `([^`]*)`")

// After its fixes the check finds nothing but what it had no fix for.
func TestFixesLeaveNothing(t *testing.T) {
	var fixed []string
	for _, res := range checktest.Run(t, unlock.Analyzer, "unlock/fixes") {
		for _, d := range res.Diagnostics {
			if len(d.SuggestedFixes) > 0 {
				fixed = append(fixed, d.Message)
			}
		}
	}
	if len(fixed) < 3 {
		t.Fatalf("%d fixes", len(fixed))
	}
	golden, err := os.ReadFile(filepath.Join(checktest.Corpus(t), "unlock", "fixes", "fixes.go.golden"))
	if err != nil {
		t.Fatal(err)
	}
	after := wanted.ReplaceAllFunc(golden, func(c []byte) []byte {
		want := regexp.MustCompile(string(wanted.FindSubmatch(c)[1]))
		for _, m := range fixed {
			if want.MatchString(m) {
				return nil
			}
		}
		return c
	})
	dir := t.TempDir()
	for name, text := range map[string][]byte{"go.mod": []byte("module example.com/fixed\n\ngo 1.26\n"), "fixes.go": after} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	analysistest.Run(t, dir, unlock.Analyzer, "./...")
}
