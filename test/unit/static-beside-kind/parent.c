// SPDX-License-Identifier: GPL-2.0-only
int first_one(int count);
int first_one(int count)
{
	return count + 1;
}

int second_one(int count);
int second_one(int count)
{
	return count + 2;
}
int sum;
