package checktest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestExamples runs the examples of the corpus under the Go runtime: see the
// package drive of the corpus.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library with an experiment")
	}
	// A cached result must not survive a change of the corpus, which the
	// go command cannot see unless this process looks at the files.
	err := filepath.WalkDir(Corpus(t), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "./drive", "./silent/...")
	cmd.Dir = Corpus(t)
	cmd.Env = append(os.Environ(), "GOEXPERIMENT=goroutineleakprofile")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, out)
	}
}

// TestLockExamples runs what the corpus has of locks: who is said to wait for
// ever hangs, who is said to unlock too often crashes, and nobody else does.
func TestLockExamples(t *testing.T) {
	cmd := exec.Command("go", "test", "-count=1", "-tags=run", "./unlock", "./deadlock/locks", "./deadlock/family")
	cmd.Dir = Corpus(t)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, out)
	}
}
