// Package assert declares what has a model.
package assert

type TestingT interface {
	Errorf(format string, args ...any)
}

type Assertions struct{ t TestingT }

func NoError(t TestingT, err error, msgAndArgs ...any) (_ bool)            { return }
func NoErrorf(t TestingT, err error, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) NoError(err error, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) NoErrorf(err error, msg string, args ...any) (_ bool) { return }

func Error(t TestingT, err error, msgAndArgs ...any) (_ bool)            { return }
func Errorf(t TestingT, err error, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) Error(err error, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) Errorf(err error, msg string, args ...any) (_ bool) { return }

func ErrorIs(t TestingT, err, target error, msgAndArgs ...any) (_ bool)            { return }
func ErrorIsf(t TestingT, err, target error, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) ErrorIs(err, target error, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) ErrorIsf(err, target error, msg string, args ...any) (_ bool) { return }

func ErrorAs(t TestingT, err error, target any, msgAndArgs ...any) (_ bool)            { return }
func ErrorAsf(t TestingT, err error, target any, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) ErrorAs(err error, target any, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) ErrorAsf(err error, target any, msg string, args ...any) (_ bool) { return }

func EqualError(t TestingT, err error, errString string, msgAndArgs ...any) (_ bool)        { return }
func EqualErrorf(t TestingT, err error, errString string, msg string, args ...any) (_ bool) { return }
func (a *Assertions) EqualError(err error, errString string, msgAndArgs ...any) (_ bool)    { return }
func (a *Assertions) EqualErrorf(err error, errString string, msg string, args ...any) (_ bool) {
	return
}

func ErrorContains(t TestingT, err error, contains string, msgAndArgs ...any) (_ bool)        { return }
func ErrorContainsf(t TestingT, err error, contains string, msg string, args ...any) (_ bool) { return }
func (a *Assertions) ErrorContains(err error, contains string, msgAndArgs ...any) (_ bool)    { return }
func (a *Assertions) ErrorContainsf(err error, contains string, msg string, args ...any) (_ bool) {
	return
}

func True(t TestingT, value bool, msgAndArgs ...any) (_ bool)            { return }
func Truef(t TestingT, value bool, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) True(value bool, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) Truef(value bool, msg string, args ...any) (_ bool) { return }

func False(t TestingT, value bool, msgAndArgs ...any) (_ bool)            { return }
func Falsef(t TestingT, value bool, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) False(value bool, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) Falsef(value bool, msg string, args ...any) (_ bool) { return }

func Fail(t TestingT, failureMessage string, msgAndArgs ...any) (_ bool)            { return }
func Failf(t TestingT, failureMessage string, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) Fail(failureMessage string, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) Failf(failureMessage string, msg string, args ...any) (_ bool) { return }

func FailNow(t TestingT, failureMessage string, msgAndArgs ...any) (_ bool)            { return }
func FailNowf(t TestingT, failureMessage string, msg string, args ...any) (_ bool)     { return }
func (a *Assertions) FailNow(failureMessage string, msgAndArgs ...any) (_ bool)        { return }
func (a *Assertions) FailNowf(failureMessage string, msg string, args ...any) (_ bool) { return }
