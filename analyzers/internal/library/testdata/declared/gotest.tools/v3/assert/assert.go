// Package assert declares what has a model.
package assert

type TestingT interface{ FailNow() }

func NilError(t TestingT, err error, msgAndArgs ...any) {}
