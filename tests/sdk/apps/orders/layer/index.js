// What the shop's functions share: sums in cents, so that nothing is lost to fractions.
const cents = (price) => Math.round(Number(price) * 100);

export function totalOf(lines) {
    const sum = lines.reduce((total, { price, count }) => total + cents(price) * count, 0);
    return (sum / 100).toFixed(2);
}

export function receiptOf({ id, customer, lines, total }) {
    const rows = lines.map(({ title, count, price }) => `${count} × ${title} at ${Number(price).toFixed(2)}`);
    return [`Receipt ${id} for ${customer}`, ...rows, `Total: ${total}`].join("\n");
}
