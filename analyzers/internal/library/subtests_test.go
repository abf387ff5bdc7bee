package library_test

import "testing"

// Parallel subtests wait for the test's function, Cleanup waits for them, and
// the context of a test ends before Cleanup.
func TestRealSubtests(t *testing.T) {
	var trace []string
	t.Run("group", func(t *testing.T) {
		t.Cleanup(func() {
			trace = append(trace, "cleanup")
			if t.Context().Err() == nil {
				t.Error("the context is alive in Cleanup")
			}
		})
		defer func() { trace = append(trace, "deferred") }()
		t.Run("parallel", func(t *testing.T) {
			t.Parallel()
			trace = append(trace, "parallel")
		})
		t.Run("skipped", func(t *testing.T) {
			defer func() { trace = append(trace, "goexit runs defers") }()
			t.SkipNow()
		})
	})
	want := []string{"goexit runs defers", "deferred", "parallel", "cleanup"}
	for i := range want {
		if i >= len(trace) || trace[i] != want[i] {
			t.Fatalf("trace %q, want %q", trace, want)
		}
	}
}
