#pragma once

#include "ui/kit/roles.h"

#include <QWidget>

namespace ui::kit {

// Where the time of a request went, with the names of the services below the bar. Hidden while it is empty.
class SpectrumBar : public QWidget {
    Q_OBJECT

public:
    explicit SpectrumBar(QWidget* parent = nullptr);
    void setSpectrum(const Spectrum& spectrum);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Spectrum m_spectrum;
};

}
