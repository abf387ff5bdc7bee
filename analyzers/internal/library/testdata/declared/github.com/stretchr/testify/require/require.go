// Package require declares what has a model.
package require

type TestingT interface {
	Errorf(format string, args ...any)
}

type Assertions struct{ t TestingT }

func NoError(t TestingT, err error, msgAndArgs ...any)            {}
func NoErrorf(t TestingT, err error, msg string, args ...any)     {}
func (a *Assertions) NoError(err error, msgAndArgs ...any)        {}
func (a *Assertions) NoErrorf(err error, msg string, args ...any) {}

func Error(t TestingT, err error, msgAndArgs ...any)            {}
func Errorf(t TestingT, err error, msg string, args ...any)     {}
func (a *Assertions) Error(err error, msgAndArgs ...any)        {}
func (a *Assertions) Errorf(err error, msg string, args ...any) {}

func ErrorIs(t TestingT, err, target error, msgAndArgs ...any)            {}
func ErrorIsf(t TestingT, err, target error, msg string, args ...any)     {}
func (a *Assertions) ErrorIs(err, target error, msgAndArgs ...any)        {}
func (a *Assertions) ErrorIsf(err, target error, msg string, args ...any) {}

func ErrorAs(t TestingT, err error, target any, msgAndArgs ...any)            {}
func ErrorAsf(t TestingT, err error, target any, msg string, args ...any)     {}
func (a *Assertions) ErrorAs(err error, target any, msgAndArgs ...any)        {}
func (a *Assertions) ErrorAsf(err error, target any, msg string, args ...any) {}

func EqualError(t TestingT, err error, errString string, msgAndArgs ...any)            {}
func EqualErrorf(t TestingT, err error, errString string, msg string, args ...any)     {}
func (a *Assertions) EqualError(err error, errString string, msgAndArgs ...any)        {}
func (a *Assertions) EqualErrorf(err error, errString string, msg string, args ...any) {}

func ErrorContains(t TestingT, err error, contains string, msgAndArgs ...any)            {}
func ErrorContainsf(t TestingT, err error, contains string, msg string, args ...any)     {}
func (a *Assertions) ErrorContains(err error, contains string, msgAndArgs ...any)        {}
func (a *Assertions) ErrorContainsf(err error, contains string, msg string, args ...any) {}

func True(t TestingT, value bool, msgAndArgs ...any)            {}
func Truef(t TestingT, value bool, msg string, args ...any)     {}
func (a *Assertions) True(value bool, msgAndArgs ...any)        {}
func (a *Assertions) Truef(value bool, msg string, args ...any) {}

func False(t TestingT, value bool, msgAndArgs ...any)            {}
func Falsef(t TestingT, value bool, msg string, args ...any)     {}
func (a *Assertions) False(value bool, msgAndArgs ...any)        {}
func (a *Assertions) Falsef(value bool, msg string, args ...any) {}

func Fail(t TestingT, failureMessage string, msgAndArgs ...any)            {}
func Failf(t TestingT, failureMessage string, msg string, args ...any)     {}
func (a *Assertions) Fail(failureMessage string, msgAndArgs ...any)        {}
func (a *Assertions) Failf(failureMessage string, msg string, args ...any) {}

func FailNow(t TestingT, failureMessage string, msgAndArgs ...any)            {}
func FailNowf(t TestingT, failureMessage string, msg string, args ...any)     {}
func (a *Assertions) FailNow(failureMessage string, msgAndArgs ...any)        {}
func (a *Assertions) FailNowf(failureMessage string, msg string, args ...any) {}
