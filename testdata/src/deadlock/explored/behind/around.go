package behind

// A board is shown on a device. Who has made one calls Init before all else, which
// is the method of the device: until then there are no channels, and that
// they are nil when another method is called is no mistake of these methods.
type board struct {
	device
}

// Board is what clients see of it.
type Board interface {
	Init() error
	Close()
	Key() rune
	Press(rune)
	Copy(to chan<- rune, quit <-chan struct{})
}

type device interface {
	Init() error
	Close()
	Keys() chan rune
	Closed() <-chan struct{}
}

type plain struct {
	lit     chan bool
	pressed chan rune
	quit    chan struct{}
}

// NewBoard returns a board that Init makes ready.
func NewBoard() (Board, error) {
	return &board{device: &plain{lit: make(chan bool, 1)}}, nil
}

func (p *plain) Init() error {
	p.pressed = make(chan rune, 8)
	p.quit = make(chan struct{})
	p.lit <- true
	return nil
}

func (p *plain) Close() { close(p.quit) }

func (p *plain) Keys() chan rune         { return p.pressed }
func (p *plain) Closed() <-chan struct{} { return p.quit }

func (b *board) Copy(to chan<- rune, quit <-chan struct{}) {
	defer close(to)
	for {
		select {
		case <-quit:
			return
		case <-b.Closed():
			return
		case r := <-b.Keys():
			select {
			case <-quit:
				return
			case to <- r:
			}
		}
	}
}

func (b *board) Key() rune {
	select {
	case r := <-b.Keys():
		return r
	case <-b.Closed():
		return 0
	}
}

func (b *board) Press(r rune) {
	select {
	case b.Keys() <- r:
	case <-b.Closed():
	}
}
