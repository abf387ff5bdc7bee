// Package expect has assertions of the kind that projects write for themselves.
package expect

import "testing"

// NoError ends the test if there is an error.
func NoError(t testing.TB, err error, about ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(about, err)
	}
}

// Equal ends the test unless two values are equal.
func Equal[T comparable](t testing.TB, got, want T) {
	t.Helper()
	if got == want {
		return
	}
	t.Errorf("got %v, want %v", got, want)
	t.FailNow()
}

// Soon only marks the test.
func Soon(t testing.TB, err error) {
	if err != nil {
		t.Error(err)
	}
}
